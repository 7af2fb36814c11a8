import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { programNamed } from '../report/programs.js';
import type { CliEnv } from '../support/run-cli.js';
import { OWN_COLOUR, OWN_COLOURS, rawIn } from './hostile-strings.js';
import {
  BROKEN_FILES,
  filesBelow,
  HOSTILE_WORD,
  type HostileWorld,
  hostileWorld,
  poisonLedger,
} from './hostile-world.js';

vi.setConfig({ testTimeout: 240_000 });

/** What the live view draws with: log-update's moves of the cursor, the terminal's own line ends, and tabs of a table. */
const MOVES = new RegExp(`${OWN_COLOUR}|\\u001b\\[(?:\\d*[ABCDGJK]|\\?(?:25|2026)[hl])|[\\r\\t]`, 'gu');
/** With colours more may pass than without: a line of its own shows that. */
const COLOURED: CliEnv = { FORCE_COLOR: '1', TERM: 'xterm-256color' };

/** A command line of the world, under a name. */
type Output = readonly [name: string, args: (world: HostileWorld) => readonly string[]];

/** What each writes that it must not, by name; nothing: all is well. */
async function rawOutputs(world: HostileWorld, outputs: readonly Output[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, args] of outputs) {
    const said = await world.said(args(world), COLOURED);
    expect([name, said.trim() === '']).toEqual([name, false]);
    const raw = rawIn(said, OWN_COLOURS);
    if (raw.length > 0) found.push(`${name}: ${raw.join(' ')}`);
  }
  return found;
}

/** Before anything was sent: files, folders, rows, words of the command line, a provider that refuses. */
const BEFORE: readonly Output[] = [
  ['check', ({ campaign }) => ['check', campaign]],
  ['check without colours', ({ campaign }) => ['check', campaign, '--no-color']],
  ['check in Spanish', ({ campaign }) => ['check', campaign, '--lang', 'es']],
  ['check --json', ({ campaign }) => ['check', campaign, '--json']],
  ['an unknown option', () => ['check', `--${HOSTILE_WORD}`]],
  ['an unknown command', () => [HOSTILE_WORD]],
  ['an unknown choice', () => ['report', 'sale', '--format', HOSTILE_WORD]],
  ['a word too many', ({ campaign }) => ['backup', 'a', HOSTILE_WORD, campaign]],
  ['an unknown choice with --json', () => ['report', 'sale', '--format', HOSTILE_WORD, '--json']],
  ['an option that is no number', ({ campaign }) => ['check', campaign, '--limit', HOSTILE_WORD]],
  ['a campaign that is not there', () => ['check', HOSTILE_WORD]],
  ['a campaign that the ledger does not know', () => ['status', HOSTILE_WORD]],
  ['a ledger that is not there', () => ['status', '--ledger', `${HOSTILE_WORD}/x.db`]],
  [
    'a log file that cannot be opened',
    ({ campaign }) => ['check', campaign, '--log-file', `${HOSTILE_WORD}/x`],
  ],
  ['templates', () => ['templates']],
  ['templates --json', () => ['templates', '--json']],
  ['doctor', () => ['doctor']],
  ['doctor --json', () => ['doctor', '--json']],
  ['conversations', () => ['conversations', '--from', 'plazbot']],
  ['audience', () => ['audience', '--from', 'platica', '-o', 'people.csv']],
  ['suppress add', () => ['suppress', 'add', HOSTILE_WORD, '+51900000001', '--reason', HOSTILE_WORD]],
  ['suppress import', ({ campaign }) => ['suppress', 'import', `${campaign}/stop.csv`]],
  ['suppress list', () => ['suppress', 'list']],
  ['suppress list --json', () => ['suppress', 'list', '--json']],
  ['init', () => ['init', `new ${HOSTILE_WORD.slice(0, 60)}`]],
  ['test', ({ campaign }) => ['test', campaign, '--to', '+51987654321']],
  ['test --json', ({ campaign }) => ['test', campaign, '--to', '+51987654321', '--json']],
];

/** The send and what follows it. */
const AFTER: readonly Output[] = [
  ['send', ({ campaign }) => ['send', campaign, '--yes', '--log-level', 'debug', '--log-format', 'text']],
  [
    'send with a JSON log',
    ({ campaign }) => ['send', campaign, '--yes', '--log-level', 'debug', '--log-format', 'json'],
  ],
  ['send --json', ({ campaign }) => ['send', campaign, '--yes', '--json']],
  ['retry', ({ campaign }) => ['retry', campaign, '--yes']],
  ['status', () => ['status']],
  ['status of one', () => ['status', 'sale']],
  ['status --json', () => ['status', 'sale', '--json']],
  ['reconcile', ({ campaign }) => ['reconcile', campaign]],
  ['reconcile --audit', ({ campaign }) => ['reconcile', campaign, '--audit']],
  ['report', () => ['report', 'sale']],
  ['report to stdout, as JSON', () => ['report', 'sale', '--format', 'json', '-o', '-']],
];

/** What a ledger of somebody else says. */
const POISONED: readonly Output[] = [
  ['status', () => ['status']],
  ['status --json', () => ['status', '--json']],
  ['status of a name that it has not', () => ['status', 'other']],
  ['suppress list', () => ['suppress', 'list']],
];

test('no command writes a raw character of a file, a folder, a row, a word or a provider', async () => {
  const world = await hostileWorld();
  expect(await rawOutputs(world, BEFORE)).toEqual([]);
});

test('no command writes one after a send to a hostile provider', async () => {
  const world = await hostileWorld();
  expect(await rawOutputs(world, AFTER)).toEqual([]);
  const counts = (await world.run(['status', 'sale', '--json'])).json['counts'];
  expect(counts).toMatchObject({ pending: 0, accepted: 1, rejected: 4 });
});

test('a log in a file holds none, in text as in JSON', async () => {
  const world = await hostileWorld();
  for (const format of ['text', 'json'])
    await world.run([
      'send',
      world.campaign,
      '--yes',
      '--log-level',
      'debug',
      '--log-format',
      format,
      '--log-file',
      format,
      '--ledger',
      `${format}.db`,
      '--accept-ledger',
    ]);
  for (const format of ['text', 'json']) {
    expect(world.read(format)).toContain(format === 'json' ? '"attempt"' : 'http_status');
    expect(rawIn(world.read(format))).toEqual([]);
  }
});

test('no command writes one of a ledger that somebody else made, or of the note beside a lock', async () => {
  const world = await hostileWorld();
  await world.run(['send', world.campaign, '--yes']);
  await world.run(['suppress', 'add', '+51900000001']);
  poisonLedger(world);
  expect(await rawOutputs(world, POISONED)).toEqual([]);
});

test('no command writes one of the note beside a lock', async () => {
  const world = await hostileWorld();
  world.write('slow/campaign.yaml', 'name: slow\ntemplate: t\nrecipients: r.csv\nrate: 1/h\n');
  world.write('slow/r.csv', 'phone,body.1\n+51987654321,a\n+51987654322,b\n');
  // Whose lock it is, is a question between processes.
  const inProcesses: HostileWorld = {
    ...world,
    said: async (args, env) => (await world.runProcess(args, env)).said,
  };
  const running = world.start(['send', 'slow', '--yes', '--sandbox']);
  await running.says(/1 of 2|1\/2|accepted 1/u);
  const notes = filesBelow(`${world.folder}/..`).filter((name) => name.endsWith('.holder'));
  expect(notes.length).toBeGreaterThan(0);
  const leave = (since: number): void => {
    const text = JSON.stringify({ pid: 1, host: HOSTILE_WORD, campaign: HOSTILE_WORD, since });
    for (const note of notes) writeFileSync(note, text);
  };
  const outputs: readonly Output[] = [
    ['status', () => ['status']],
    ['send', () => ['send', 'slow', '--yes', '--sandbox']],
  ];
  for (const since of [Date.now(), 1e300]) {
    leave(since);
    expect(await rawOutputs(inProcesses, outputs)).toEqual([]);
    expect((await world.run(['send', 'slow', '--yes', '--sandbox'])).code).toBe(4);
  }
  for (const note of notes) writeFileSync(note, '{"pid":{}}');
  expect((await world.run(['send', 'slow', '--yes', '--sandbox'])).code).toBe(4);
});

test.each(BROKEN_FILES)('a campaign file with %s is told about without one', async (_, yaml) => {
  const world = await hostileWorld();
  world.write('broken/campaign.yaml', yaml);
  world.write('broken/r.csv', 'phone,a\n+51987654321,b\n');
  const end = await world.run(['check', 'broken'], COLOURED);
  expect([end.code, rawIn(end.said, OWN_COLOURS)]).toEqual([2, []]);
});

const script = programNamed('script');
const PTY = `on a terminal${script === null ? ' (skipped: script is not installed; Debian: apt-get install bsdutils)' : ''}`;
test.skipIf(script === null)(
  `nothing raw reaches a screen, in no live view and in no table: ${PTY}`,
  async () => {
    const world = await hostileWorld();
    const main = resolve('dist/main.js');
    const onTerminal = async (args: readonly string[]): Promise<string> => {
      const words = [process.execPath, main, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
      const child = spawn(script ?? '', ['-q', '-c', words.join(' '), '/dev/null'], {
        cwd: world.folder,
        env: { ...world.environment, TERM: 'xterm-256color' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let shown = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
      });
      await new Promise((ended) => child.once('close', ended));
      return shown;
    };
    const outputs = [
      ['check', world.campaign],
      ['send', world.campaign, '--yes'],
      ['status', 'sale'],
      ['report', 'sale', '--format', 'csv', '-o', '-'],
      ['suppress', 'export'],
      ['suppress', 'add', HOSTILE_WORD],
    ];
    for (const args of outputs) {
      const shown = await onTerminal(args);
      expect([args[0], shown.trim() === '', rawIn(shown, MOVES)]).toEqual([args[0], false, []]);
    }
  },
);
