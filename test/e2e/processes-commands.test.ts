import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { nameOf } from '../../src/cli/wrong-words.js';
import { type CliEnd, MAIN, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

const NOWHERE = { PLAZBOT_BASE_URL: 'http://127.0.0.1:9' };

/** Every command but `sandbox`, which serves until it is stopped, with its exit code. The order matters. */
const STORY: readonly (readonly [line: string, code: number, env?: Readonly<Record<string, string>>])[] = [
  ['--version', 0],
  ['completion', 0],
  ['init new', 0],
  ['check sale', 1],
  ['check nowhere', 2],
  [`test sale --to +${phoneNumber(900)} --yes`, 0],
  ['send sale --yes', 1],
  ['status sale', 0],
  ['report sale --format json -o -', 0],
  ['retry sale --yes', 0],
  ['reconcile sale --audit', 0],
  ['pause sale', 0],
  ['send sale --yes --no-wait', 3],
  ['resume sale', 0],
  ['cancel sale', 0],
  ['conversations --from plazbot', 0],
  ['audience --from plazbot -o people.csv', 0],
  [`suppress add ${phoneNumber(901)}`, 0],
  ['suppress list', 0],
  ['backup copy.db', 0],
  ['doctor', 0],
  ['doctor', 5, NOWHERE],
  [`forget ${phoneNumber(0)} --yes`, 0],
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

test('every command ends with its exit code in a process of its own', async () => {
  const place = await placeWithRejection();
  const ended: unknown[] = [];
  for (const [line, , env] of STORY)
    ended.push([line, (await place.runProcess(line.split(' '), env)).code, env]);
  expect(ended).toEqual(STORY.map(([line, code, env]) => [line, code, env]));
  const run = new Set(STORY.map(([line]) => line.split(' ')[0]));
  expect(COMMANDS.map(nameOf).filter((name) => !run.has(name))).toEqual(['sandbox']);
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
