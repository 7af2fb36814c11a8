import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS, type CheckName, MUTANTS, type Mutant } from './mutants.js';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['src', 'test', 'package.json', 'tsconfig.json', 'tsconfig.browser.json', 'vitest.config.ts'];
/** 2,000 seeds take three minutes where nothing else runs. */
const LONGEST_CHECK_MS = 900_000;
const KEPT_CHARACTERS = 200_000;

/** What became of a mutant: the check that caught it, or null when all of them passed. */
interface Verdict {
  readonly mutant: Mutant;
  readonly caughtBy: CheckName | null;
  /** The last words of that check. */
  readonly because: string;
}

/**
 * The test of the tests: applies each mutant to a copy of the project and asks its checks until one fails. Prints a
 * table, mutant → check. Exit code 1 when one survives. `npm run mutants [-- PART-OF-A-NAME]`.
 */
async function main(): Promise<number> {
  const wanted = process.argv[2] ?? '';
  const mutants = MUTANTS.filter(({ name }) => name.includes(wanted));
  const soundness = new Soundness();
  const verdicts: Verdict[] = [];
  for (const mutant of mutants) {
    const started = performance.now();
    const verdict = await judge(mutant, soundness);
    const seconds = Math.round((performance.now() - started) / 1_000);
    const caught = verdict.caughtBy ?? 'SURVIVED';
    const time = String(seconds).padStart(4);
    process.stdout.write(`${mutant.name.padEnd(56)} ${caught.padEnd(16)} ${time} s  ${verdict.because}\n`);
    verdicts.push(verdict);
  }
  const survivors = verdicts.filter(({ caughtBy }) => caughtBy === null).length;
  process.stdout.write(`${verdicts.length} mutants, ${survivors} survived\n`);
  return survivors === 0 ? 0 : 1;
}

async function judge(mutant: Mutant, soundness: Soundness): Promise<Verdict> {
  const folder = copied();
  try {
    apply(mutant, folder);
    mustCompile(mutant, folder);
    for (const check of mutant.checks) {
      const because = await failureOf(check, folder);
      if (because === null) continue;
      await soundness.require(check);
      return { mutant, caughtBy: check, because };
    }
    return { mutant, caughtBy: null, because: '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A check that fails without any mutant, too, catches nothing. */
class Soundness {
  readonly #passed = new Set<CheckName>();

  async require(check: CheckName): Promise<void> {
    if (this.#passed.has(check)) return;
    const folder = copied();
    try {
      const because = await failureOf(check, folder);
      if (because !== null) throw new Error(`the check ${check} fails without a mutant: ${because}`);
      this.#passed.add(check);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function copied(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-mutant-'));
  for (const name of COPIED) cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function apply({ name, changes }: Mutant, folder: string): void {
  for (const { file, find, replace } of changes) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(find).length !== 2) throw new Error(`"${name}" does not fit ${file}: ${find}`);
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
  }
}

/** A mutant that does not compile would be caught by nothing that matters. */
function mustCompile({ name }: Mutant, folder: string): void {
  const built = spawnSync('npm', ['run', '--silent', 'types'], { cwd: folder, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`"${name}" does not compile:\n${built.stdout}`);
}

/** The last words of a check that failed; null: it passed. */
function failureOf(check: CheckName, folder: string): Promise<string | null> {
  const [command, ...args] = CHECKS[check];
  const env = { ...process.env, NO_COLOR: '1' };
  // A group of its own, so that everything a check has started ends with it.
  const child = spawn(command, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-KEPT_CHARACTERS);
    });
  }
  const tooLong = setTimeout(() => endGroup(child.pid), LONGEST_CHECK_MS);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(tooLong);
      resolve(code === 0 ? null : lastWords(output));
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

function lastWords(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const telling = lines.filter(
    (line) =>
      /^(?:seed \d+|[A-Z]\w*Error|BrokenPromise|SeedFailure|Error):/u.test(line) || /^seed \d+: /u.test(line),
  );
  return (telling.at(-1) ?? lines.filter((line) => line !== '').at(-1) ?? '').slice(0, 140);
}

process.exitCode = await main();
