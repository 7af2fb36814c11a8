import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import { importFile } from '../../src/app/send/import-file.js';
import { senderThrottle } from '../../src/app/send/sender-throttle.js';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import type { ReadCampaign, RowRenderer } from '../../src/core/recipient.js';
import { rowSentence } from '../../src/core/row-sentence.js';
import { SqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.js';
import { campaignIn, emptyLedger } from '../support/filled-ledger.js';
import { countDeliveries, keepLearnedRate, learnedRate } from '../support/on-sqlite.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { campaignYaml, cliPlace, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { translateIn } from '../support/said.js';

const translate = translateIn('en');
const app: Parameters<typeof importFile>[3] = {
  ...ADAPTERS,
  environment: { stateDir: null },
  translateReason: (reason, cell) => translate(rowSentence(reason, cell)),
};

async function campaignOf(people: number, lines = {}): Promise<ReadCampaign> {
  const { write } = cliPlace();
  write('recipients.csv', recipientsCsv(people));
  const file = write(
    'campaign.yaml',
    campaignYaml({ variables: '{ body: { "1": "{{ phone }}" } }', ...lines }),
  );
  return unwrapped(await readCampaign(file));
}

/** Does something when the first row is read. */
function whenRead(renderer: RowRenderer, act: () => void): RowRenderer {
  let acted = false;
  return {
    fillsVariables: renderer.fillsVariables,
    readsMeanings: renderer.readsMeanings,
    columnOf: () => null,
    prepare: (columns) => {
      const prepared = renderer.prepare(columns);
      if (!prepared.ok) return prepared;
      const render = prepared.value;
      return {
        ok: true,
        value: (cells) => {
          if (!acted) act();
          acted = true;
          return render(cells);
        },
      };
    },
  };
}

test('a file that is saved while it is read is not taken in, and says so', async () => {
  const db = emptyLedger();
  const record = campaignIn(db);
  const read = await campaignOf(5);
  const { file } = read.campaign.recipients;
  if (read.renderer === null) throw new Error('the campaign has no template');
  const renderer = whenRead(read.renderer, () => appendFileSync(file, `+${phoneNumber(77)},Eva\n`));
  const imported = await importFile(new SqliteLedger(db), record, { ...read, renderer }, app);
  expect(problemsOf(imported)).toEqual([{ code: 'recipients.changed-meanwhile', at: { file } }]);
  expect(countDeliveries(db, record.id).recipients).toBe(0);
  expect(db.prepare('SELECT count(*) FROM imports').pluck().get()).toBe(0);
  expect(unwrapped(await importFile(new SqliteLedger(db), record, read, app))).toMatchObject({
    read: true,
    rejectedFile: null,
  });
  expect(countDeliveries(db, record.id).pending).toBe(6);
});

test('a file that did not change is not read again', async () => {
  const db = emptyLedger();
  const record = campaignIn(db);
  const read = await campaignOf(3);
  expect(unwrapped(await importFile(new SqliteLedger(db), record, read, app)).read).toBe(true);
  expect(unwrapped(await importFile(new SqliteLedger(db), record, read, app)).read).toBe(false);
});

/** Bytes that this process has asked the system for: https://man7.org/linux/man-pages/man5/proc_pid_io.5.html */
const bytesRead = (): number => Number(/rchar: (\d+)/u.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);

test.skipIf(!existsSync('/proc/self/io'))(
  'a file is read twice by a first send, and once where it was imported',
  async () => {
    const db = emptyLedger();
    const record = campaignIn(db);
    const read = await campaignOf(100_000);
    const { size } = statSync(read.campaign.recipients.file);
    const passes = async (): Promise<number> => {
      const before = bytesRead();
      unwrapped(await importFile(new SqliteLedger(db), record, { ...read }, app));
      return (bytesRead() - before) / size;
    };
    expect(await passes()).toBeLessThan(2.5);
    expect(await passes()).toBeLessThan(1.5);
  },
);

test('a learned rate is used, keeps its age, and is forgotten only by a campaign that asks for more', async () => {
  const db = emptyLedger();
  const { runs } = new SqliteLedger(db);
  const at = Date.now() - 60_000;
  keepLearnedRate(db, 'sender', 25, at);
  const slow = await senderThrottle(
    runs,
    'sender',
    (await campaignOf(1, { rate: '10/s' })).campaign,
    ADAPTERS,
  );
  expect(slow.throttle.pace().currentPerSecond).toBe(10);
  await slow.close();
  expect(learnedRate(db, 'sender')).toEqual({ ratePerSecond: 25, learnedAt: at });

  const { campaign } = await campaignOf(1, { rate: '200/s' });
  const fast = await senderThrottle(runs, 'sender', campaign, ADAPTERS);
  expect(fast.throttle.pace().currentPerSecond).toBe(25);
  await fast.close();
  expect(learnedRate(db, 'sender')).toEqual({ ratePerSecond: 25, learnedAt: at });

  const throttled = await senderThrottle(runs, 'sender', campaign, ADAPTERS);
  throttled.throttle.throttled(null);
  await throttled.close();
  expect(learnedRate(db, 'sender')).toMatchObject({
    ratePerSecond: 12.5,
    learnedAt: expect.closeTo(Date.now(), -5),
  });

  keepLearnedRate(db, 'sender', 25, Date.now() - 48 * 60 * 60_000);
  await (await senderThrottle(runs, 'sender', campaign, ADAPTERS)).close();
  expect(learnedRate(db, 'sender')).toBeNull();
});
