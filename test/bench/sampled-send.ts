import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The built command line. */
export const CLI = resolve(process.cwd(), 'dist/main.js');
/** Starting is not sending. */
const FROM_SECOND = 5;

/** What a process used until a moment, all its threads together. */
export interface Sample {
  readonly atMs: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** A `send` to be measured. */
export interface SampledSend {
  /** Of the campaign, and of what is left behind. */
  readonly folder: string;
  readonly baseUrl: string;
  readonly limit: number;
  readonly perSecond: number;
  readonly ledger: string;
}

/** Of a core, in percent, once starting is over. */
export function shareOf(samples: readonly Sample[]): number {
  const [first, last] = [samples[FROM_SECOND], samples.at(-2)];
  if (first === undefined || last === undefined) throw new Error('the run was too short to be measured');
  return (100 * (last.cpuMs - first.cpuMs)) / (last.atMs - first.atMs);
}

/** The most memory that was held. */
export function mostMb(samples: readonly Sample[]): number {
  return Math.max(...samples.map(({ rssMb }) => rssMb));
}

/** Runs `send` to its end; a hook in it writes every second what it used so far. */
export async function sampledSend({
  folder,
  baseUrl,
  limit,
  perSecond,
  ledger,
}: SampledSend): Promise<readonly Sample[]> {
  const hook = join(folder, 'samples.cjs');
  const file = join(folder, `samples-${limit}.txt`);
  writeFileSync(hook, hookInto(file));
  const args = ['send', folder, '--yes', '--rate', `${perSecond}/s`, '--limit', String(limit)];
  const command = ['--require', hook, CLI, ...args, '--ledger', ledger];
  await promisify(execFile)(process.execPath, command, { env: benchEnv(folder, baseUrl) });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Sample);
}

/** The environment of a command that is measured. */
export function benchEnv(folder: string, baseUrl: string): NodeJS.ProcessEnv {
  const workspace = { PLAZBOT_BASE_URL: baseUrl, PLAZBOT_WORKSPACE_ID: 'bench' };
  return { ...process.env, ...workspace, PLAZCAST_STATE_DIR: join(folder, 'state') };
}

function hookInto(file: string): string {
  return `const { appendFileSync } = require('node:fs');
const sample = () => {
  const { user, system } = process.cpuUsage();
  const rssMb = process.memoryUsage.rss() / 1048576;
  appendFileSync(${JSON.stringify(file)}, JSON.stringify({ atMs: performance.now(), cpuMs: (user + system) / 1000, rssMb }) + '\\n');
};
sample();
if (require('node:worker_threads').isMainThread) setInterval(sample, 1000).unref();
process.on('exit', sample);
`;
}
