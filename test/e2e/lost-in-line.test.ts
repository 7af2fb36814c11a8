import { expect, onTestFinished, test } from 'vitest';
import { senderOf, workspaceFingerprint } from '../../src/app/workspace.js';
import { countExecutions } from '../sandbox/read-log.js';
import { rawlyAt } from '../support/postgres/ledger-database.js';
import { losingProxy } from '../support/postgres/losing-proxy.js';
import type { RunningCli } from '../support/run-cli.js';
import { type SendingPlace, WORKSPACE } from '../support/sending-place.js';
import { sharedPlace } from '../support/shared-place.js';

/** Who holds what, elsewhere. */
const HOLDER = JSON.stringify({ pid: 1, host: 'elsewhere', campaign: 'other', since: 1 });
/** Somebody who never renews is waited for, but a lease of an hour is not over. */
const RENEWS =
  "UPDATE plazcast.leases SET until = until + interval '1 second' WHERE holder LIKE '%elsewhere%'";
const FREE = "DELETE FROM plazcast.leases WHERE name LIKE 'sender-%'";

/** Somebody confirmed `sale` and waits for her turn behind another machine, which goes on until `free`. */
async function standsInLine(office: SendingPlace, address: string, through = address): Promise<RunningCli> {
  const sender = senderOf(office.url, workspaceFingerprint(WORKSPACE));
  await rawlyAt(
    address,
    `INSERT INTO plazcast.leases VALUES ('sender-${sender}', 't', '${HOLDER}', clock_timestamp() + interval '1 hour')`,
  );
  let renewed: Promise<void> = Promise.resolve();
  const renewing = setInterval(() => {
    renewed = rawlyAt(address, RENEWS);
  }, 500);
  onTestFinished(() => {
    clearInterval(renewing);
    return renewed;
  });
  const sale = office.start(['send', 'sale'], { PLAZCAST_LEDGER: through });
  await sale.says('Waiting: campaign "other"');
  return sale;
}

test('a send that lost its hold on the campaign in line says that nothing was written, and leaves nothing to machines', async () => {
  const { office, address } = await sharedPlace(2);
  const sale = await standsInLine(office, address);
  await rawlyAt(address, `DELETE FROM plazcast.leases WHERE name LIKE 'campaign-%'; ${FREE}`);
  const { code, said } = await sale.ended;
  expect([code, said]).toEqual([3, expect.stringContaining('Nothing was written')]);
  expect(said).not.toContain('still stands');
  expect((await office.json(['status', 'sale'])).json['entered']).toBeUndefined();
  expect(countExecutions(office.logFile)).toBe(0);
});

test('a send whose campaign another machine holds by then tells that it may be sent', async () => {
  const { office, address } = await sharedPlace(2);
  const sale = await standsInLine(office, address);
  await rawlyAt(
    address,
    `UPDATE plazcast.leases SET token = 'u', holder = '${HOLDER}', until = clock_timestamp() + interval '1 hour'
     WHERE name LIKE 'campaign-%'; ${FREE}`,
  );
  const { code, said } = await sale.ended;
  expect(said).toContain('It is not known whether campaign "sale" still stands in the ledger');
  expect(said).toContain('plazcast pause sale');
  expect(code).toBe(3);
});

test('a send in line whose database stays away tells that it may be sent', async () => {
  const { office, address } = await sharedPlace(2);
  const proxy = await losingProxy(address);
  const sale = await standsInLine(office, address, proxy.address);
  proxy.goAway();
  const { code, said } = await sale.ended;
  expect(said).toContain('It is not known whether campaign "sale" still stands in the ledger');
  expect(said).toContain('The connection to the database of the ledger');
  expect(code).toBe(3);
});
