import { expect, test } from 'vitest';
import { askLaunch } from '../../../src/app/launch/ask-launch.js';
import { unwrapped } from '../../support/results.js';
import { type SendingPlace, sendingPlace } from '../../support/sending-place.js';
import { press } from './launching.js';
import { serverAt } from './launching-place.js';

const AT = Date.parse('2099-01-15T09:00:00Z');

async function schedule(place: SendingPlace): Promise<void> {
  unwrapped(await askLaunch({ ...(await press(place)), startAt: AT }, serverAt(place)));
}

test('status tells what is scheduled, and then nobody is told to send it', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  await schedule(place);
  for (const words of [['status', 'sale'], ['status']]) {
    const { said } = await place.run(words);
    expect(said).toMatch(/Scheduled by Ana for 2099-01-15.*begins by itself/u);
    expect(said).not.toContain('Next: plazcast send');
  }
  const { json } = await place.json(['status', 'sale']);
  expect(json).toMatchObject({ launch: { by: 'Ana', stand: 'scheduled', people: 2 }, next: null });
  const paused = await place.run(['pause', 'sale']);
  expect(paused.code).toBe(0);
  const { said } = await place.run(['status', 'sale']);
  expect(said).toContain('nothing goes out unless it is resumed before');
  expect(said).not.toContain('begins by itself');
});

test('status tells what is scheduled of a campaign that the ledger knows by nothing else', async () => {
  const place = await sendingPlace(3);
  await schedule(place);
  for (const words of [['status'], ['status', 'sale']]) {
    const { said } = await place.run(words);
    expect(said).toContain('Campaign sale, of which nothing was sent yet');
    expect(said).toContain('Scheduled by Ana for 2099-01-15');
    expect(said).not.toContain('holds no campaign yet');
  }
  expect(await place.run(['status', 'other'])).toMatchObject({ code: 2 });
  expect((await place.json(['status'])).json).toMatchObject({
    campaigns: [],
    launches: [{ campaign: 'sale', by: 'Ana', startAt: '2099-01-15T09:00:00.000Z' }],
  });
});

test('what is scheduled after a rehearsal is told by status, and the rehearsal where that is asked for', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--sandbox', '--yes']);
  await schedule(place);
  const { said } = await place.run(['status', 'sale']);
  expect(said).toContain('Campaign sale, of which nothing was sent yet');
  expect(said).toContain('Scheduled by Ana for 2099-01-15');
  const rehearsed = await place.run(['status', 'sale', '--sandbox']);
  expect(rehearsed.said).toContain('SANDBOX');
  expect(rehearsed.said).not.toContain('Scheduled by');
});

test('what is scheduled of a campaign that was sent is not told as of one of which nothing was sent', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  await schedule(place);
  const rehearsed = await place.run(['status', 'sale', '--sandbox']);
  expect(rehearsed).toMatchObject({ code: 2, said: expect.not.stringContaining('nothing was sent yet') });
});

test('a rehearsal that is scheduled is told as one', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  const asked = await press(place);
  unwrapped(await askLaunch({ ...asked, sandbox: true, startAt: AT }, serverAt(place)));
  const { said } = await place.run(['status']);
  expect(said).toMatch(/Campaign sale, of which nothing was sent yet +SANDBOX/u);
});
