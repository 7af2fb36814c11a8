import { describe, expect, test } from 'vitest';
import { emptyDatabase } from '../support/postgres/database.js';
import { sendingPlace } from '../support/sending-place.js';

describe('a ledger in PostgreSQL', () => {
  test('is made by the first send, and holds what it did', async () => {
    const address = await emptyDatabase();
    const place = await sendingPlace(3);
    const env = { PLAZCAST_LEDGER: address };
    const sent = await place.json(['send', 'sale', '--yes'], env);
    expect([sent.code, sent.json]).toMatchObject([0, { counts: { accepted: 3 } }]);
    const again = await place.json(['send', 'sale', '--yes'], env);
    expect([again.code, again.json]).toMatchObject([0, { counts: { accepted: 3 }, run: { sent: 0 } }]);
    const status = await place.json(['status'], env);
    expect(status.code).toBe(0);
    expect(status.stdout + sent.stdout + sent.stderr).not.toContain(new URL(address).password);
  });
});
