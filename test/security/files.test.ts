import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import type { SendingPlace } from '../support/sending-place.js';
import { busyPlace, type Entry, everythingIn, rootOf, runStep, STEPS, type Step } from './every-command.js';

// Some hundred commands, one after the other.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

test('every command is among those whose files are looked at', () => {
  const run = new Set(STEPS.map(({ args }) => args[0]));
  expect(COMMANDS.map(({ usage }) => usage.split(' ')[0]).filter((name) => !run.has(name))).toEqual([]);
});

test.skipIf(ON_WINDOWS)(
  'every command ends as it should in a process of its own, and what it writes is readable by its owner alone, also under umask 000',
  async () => {
    const place = await busyPlace();
    underUmask(0o000);
    const there = everythingIn(place);
    const inProcesses = { ...place, run: place.runProcess };
    const ended: unknown[] = [];
    for (const step of STEPS) ended.push([step.args, (await runStep(inProcesses, step)).code]);
    expect(ended).toEqual(STEPS.map(({ args, code }) => [args, code]));
    expect(openOnes(place, there)).toEqual([]);
  },
);

/** A folder of a stranger may have a link at any name. */
test.skipIf(ON_WINDOWS)('no link at the name of an output leads a command to another file', async () => {
  const place = await busyPlace();
  underUmask(0o022);
  const snapshots = mkdtempSync(join(tmpdir(), 'plazcast-before-'));
  onTestFinished(() => rmSync(snapshots, { recursive: true, force: true }));
  const there = everythingIn(place);
  const outputs = await outputsOf(place, snapshots);
  expect(openOnes(place, there)).toEqual([]);
  expect(KINDS.filter((kind) => !outputs.some(({ name }) => name.includes(kind)))).toEqual([]);
  const wrong: string[] = [];
  for (const output of outputs.flatMap(withDatabaseFiles)) {
    const { code, stderr } = await runAgainst(place, output, 'victim');
    if (readFileSync(victim(place), 'utf8') !== VICTIM) wrong.push(`${output.name}: written through`);
    if (code === 70 || code === null) wrong.push(`${output.name}: ${code} ${stderr}`);
    const inWords = IN_WORDS.some((kind) => output.name.includes(kind)) && output.step.args[0] !== 'send';
    if (inWords && !(code === 2 && stderr.includes('is a link')))
      wrong.push(`${output.name}: ${code} ${stderr}`);
  }
  for (const output of outputs.filter(({ name }) => /\.(?:db|lock)$/u.test(name))) {
    const { code, stderr } = await runAgainst(place, output, 'nowhere');
    if (existsSync(join(rootOf(place), 'nowhere'))) wrong.push(`${output.name}: made where it leads`);
    if (code === 70 || code === null) wrong.push(`${output.name}: ${code} ${stderr}`);
  }
  expect(wrong).toEqual([]);
});

/** Parts of names that are met at least: nothing is shown by outputs that nobody wrote. */
const KINDS = ['rejected.csv', '-report-', '-audit.csv', '.lock', '.holder', '.sandbox.db', 'campaign.yaml'];
/** Those that a person asked for, and who is told why there is none. */
const IN_WORDS = ['rejected.csv', '-report-', '-audit.csv'];
const VICTIM = 'the operator wrote this\n';

function underUmask(umask: number): void {
  const before = process.umask(umask);
  onTestFinished(() => void process.umask(before));
}

/** What was made since, and others may read. */
function openOnes(place: SendingPlace, there: ReadonlyMap<string, Entry>): readonly string[] {
  const made = [...everythingIn(place)].filter(([name]) => !there.has(name));
  expect(made.length).toBeGreaterThan(20);
  return made
    .filter(([, { mode }]) => (mode & 0o077) !== 0)
    .map(([name, { kind, mode }]) => `${kind} ${name} ${mode.toString(8)}`);
}

function victim(place: SendingPlace): string {
  return join(rootOf(place), 'victim');
}

/** A file that a step makes under a name of plazcast's own, and all that was there before the step. */
interface Output {
  readonly name: string;
  readonly step: Step;
  readonly before: string;
}

/** Runs every step in order and keeps what was there before each that made a file of its own naming. */
async function outputsOf(place: SendingPlace, snapshots: string): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  for (const [index, step] of STEPS.entries()) {
    const before = join(snapshots, String(index));
    cpSync(rootOf(place), before, { recursive: true, verbatimSymlinks: true });
    const there = everythingIn(place);
    await runStep(place, step);
    const named = new Set(step.named?.map((name) => join('work', name)));
    for (const [name, { kind }] of everythingIn(place)) {
      const known = there.has(name) || named.has(name) || /-(?:wal|shm)$/u.test(name);
      if (kind === 'file' && !known) outputs.push({ name, step, before });
    }
  }
  return outputs;
}

/** Beside a database, SQLite makes files that are gone when it is closed. */
function withDatabaseFiles(output: Output): readonly Output[] {
  if (!output.name.endsWith('.db')) return [output];
  return ['', '-wal', '-shm'].map((end) => ({ ...output, name: `${output.name}${end}` }));
}

/** The step in the state before it, with a link at the name of its output. */
async function runAgainst(
  place: SendingPlace,
  { name, step, before }: Output,
  leadsTo: 'victim' | 'nowhere',
): ReturnType<SendingPlace['run']> {
  const root = rootOf(place);
  rmSync(root, { recursive: true, force: true });
  cpSync(before, root, { recursive: true, verbatimSymlinks: true });
  writeFileSync(victim(place), VICTIM);
  mkdirSync(dirname(join(root, name)), { recursive: true });
  symlinkSync(join(root, leadsTo), join(root, name));
  return runStep(place, step);
}
