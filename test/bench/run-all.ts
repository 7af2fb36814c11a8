import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Runs every benchmark in a process of its own, one after the other, so that none disturbs another. */
const folder = import.meta.dirname;
let failures = 0;
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .sort()) {
  const done = spawnSync(process.execPath, ['--import', 'tsx', join(folder, file)], { stdio: 'inherit' });
  if (done.status !== 0) failures += 1;
}
process.exitCode = failures === 0 ? 0 : 1;
