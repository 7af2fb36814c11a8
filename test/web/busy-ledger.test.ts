import { expect, test } from 'vitest';
import type { TeamAtHand } from '../../src/app/team/team-at-hand.js';
import type { Ledger, LedgerMode } from '../../src/core/ledger/ledger.js';
import { Logins } from '../../src/web/http/logins.js';
import type { Site } from '../../src/web/site.js';
import { heldElsewhere } from '../support/held-elsewhere.js';
import { sendingPlace } from '../support/sending-place.js';
import { servedPage } from './support/served.js';

test('a press that waits for a busy ledger keeps no other page waiting', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  const page = await servedPage(place);
  const held = await heldElsewhere(place.ledger);
  const pressed = page.post('/campaigns/sale/live/pause', {});
  for (let look = 0; look < 8; look += 1) expect((await page.get('/')).status).toBe(200);
  await held.release();
  expect((await pressed).status).toBe(303);
  expect((await place.json(['status', 'sale'])).json['control']).toBe('paused');
});

test('whoever is logged in is not kept waiting by a busy ledger so that it is noted when she was seen', async () => {
  const modes: LedgerMode[] = [];
  const user = { name: 'ana', roles: [] };
  const ledger = { isHeld: async () => true, team: { session: async () => ({ user, seenAt: 0 }) } };
  const team = {
    with: <T>(mode: LedgerMode, work: (ledger: Ledger) => Promise<T>) => {
      modes.push(mode);
      return work(ledger as unknown as Ledger);
    },
  };
  const site = { app: { clock: { now: () => 5 * 60_000 } } };
  const logins = new Logins(site as Site, team as TeamAtHand, 1, false);
  expect(await logins.of('plazcast_login_1=secret', true)).toMatchObject({ user });
  expect(modes).toEqual(['read', 'read']);
});
