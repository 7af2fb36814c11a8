import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs every benchmark in a process of its own, one after the other, so that none disturbs another. They run
 * compiled, as users run the command: a loader's extra work per function would be measured otherwise.
 */
const folder = import.meta.dirname;
let failures = 0;
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.bench.js'))
  .sort()) {
  const done = spawnSync(process.execPath, [join(folder, file)], { stdio: 'inherit' });
  if (done.status !== 0) failures += 1;
}
process.exitCode = failures === 0 ? 0 : 1;
