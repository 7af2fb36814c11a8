import { expect, test } from 'vitest';
import { type CliEnd, MAIN, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

const NOWHERE = { PLAZBOT_BASE_URL: 'http://127.0.0.1:9' };

/** Exit codes that no other process of the tests ends with. The order matters. */
const STORY: readonly (readonly [line: string, code: number, env?: Readonly<Record<string, string>>])[] = [
  ['--version', 0],
  ['completion', 0],
  ['check nowhere', 2],
  ['send sale --yes --limit 1', 1],
  ['pause sale', 0],
  ['send sale --yes --no-wait', 3],
  ['doctor', 5, NOWHERE],
];
/** What says the same whenever it is asked. */
const STEADY = [
  '--version',
  '--help',
  'help send',
  'completion',
  '--get-yargs-completions plazcast st',
  'check sale',
  'status sale --json',
  'check nowhere',
  'sned sale',
  'status sale',
  'report sale --format json -o -',
  'suppress list',
  'conversations --from plazbot --format jsonl',
  'doctor --ledger nowhere/plazcast.db',
];

async function placeWithRejection(): Promise<SendingPlace> {
  const place = await sendingPlace(3);
  place.write('sale/recipients.csv', `${recipientsCsv(3)}no number,Eva\n`);
  return place;
}

test('a process ends with the exit code of its command', async () => {
  const place = await placeWithRejection();
  const ended: unknown[] = [];
  for (const [line, , env] of STORY)
    ended.push([line, (await place.runProcess(line.split(' '), env)).code, env]);
  expect(ended).toEqual(STORY.map(([line, code, env]) => [line, code, env]));
});

test('a command says the same in a process of its own as in the process of these tests', async () => {
  const place = await placeWithRejection();
  await place.run(['send', 'sale', '--yes']);
  for (const line of STEADY) {
    const [here, there] = [await place.run(line.split(' ')), await place.runProcess(line.split(' '))];
    expect(saidBy(there), line).toEqual(saidBy(here));
  }
});

/** What a command said and ended with, but for the minute in which a send would be finished. */
function saidBy({ code, stdout, stderr }: CliEnd): unknown {
  const minute = /\d{2}:\d{2}/gu;
  return { code, stdout: stdout.replaceAll(minute, 'hh:mm'), stderr: stderr.replaceAll(minute, 'hh:mm') };
}

test('a bug is told, and ends with 70: in a folder that is gone there is nothing to work with', async () => {
  const place = await sendingPlace(1);
  const script = `mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" status`;
  const end = await place.startProgram(['sh', '-c', script, process.execPath, MAIN]).ended;
  expect([end.code, end.stderr]).toEqual([70, expect.stringContaining('ENOENT')]);
});
