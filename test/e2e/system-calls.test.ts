import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { executionsByPhone } from '../sandbox/read-log.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { campaignYaml, cliPlace, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { readTrace, type SystemCall } from '../support/system-calls.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/**
 * Few enough a second that each is claimed by itself, and that the outcome of the last one, which is written within 50 ms of
 * its answer, is written long before: what is written and not synced at a request is its intent then.
 */
const RATE = '5/s';
const PEOPLE = 25;

/** Whether strace is there and may trace. */
const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
const SKIPPED = ' (skipped: strace is missing or may not trace; Debian: apt-get install strace)';

/** Runs `send`, one request at a time, under strace. Returns what it asked of the kernel, in order. */
async function tracedSend(): Promise<{ calls: readonly SystemCall[]; dbFile: string }> {
  const sandbox = await runningSandbox();
  const place = cliPlace();
  place.write('sale/campaign.yaml', campaignYaml({ rate: RATE, concurrency: '1' }));
  place.write('sale/recipients.csv', recipientsCsv(PEOPLE));
  const trace = place.path('trace.txt');
  const traced = 'trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync';
  const strace = ['-f', '-y', '-s', '4096', '-ttt', '-e', traced, '-o', trace];
  const env = {
    PATH: process.env['PATH'],
    HOME: place.folder,
    PLAZCAST_STATE_DIR: place.stateDir,
    PLAZBOT_BASE_URL: sandbox.url,
    PLAZBOT_WORKSPACE_ID: 'ws-1',
  };
  const args = [...strace, process.execPath, MAIN, 'send', 'sale', '--yes', '--json'];
  const { stdout } = await promisify(execFile)('strace', args, { cwd: place.folder, env });
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0, counts: { accepted: PEOPLE } });
  return { calls: readTrace(readFileSync(trace, 'utf8')), dbFile: sandbox.dbFile };
}

describe.skipIf(!canTrace)(`the order of system calls${canTrace ? '' : SKIPPED}`, () => {
  test('no request leaves before the log that holds its intent is synced', async () => {
    const { calls, dbFile } = await tracedSend();
    // Since the last request: what was written to the ledger's log, and whether all of it was synced.
    let written = 0;
    let unsynced = 0;
    const early: string[] = [];
    const posts: string[] = [];
    for (const { kind, file, text } of calls) {
      const isLog = file.endsWith('/plazcast.db-wal');
      if (isLog && kind === 'write') {
        written += 1;
        unsynced += 1;
      }
      if (isLog && kind === 'sync') unsynced = 0;
      if (kind === 'write' && text.includes('"POST /api/') && (written === 0 || unsynced > 0)) {
        early.push(`after ${posts.length} requests: ${written} writes, ${unsynced} not synced`);
      }
      const phone = /\\"destination\\":\\"(\d+)\\"/u.exec(text)?.[1];
      if (kind !== 'write' || isLog || phone === undefined || file.startsWith('/')) continue;
      posts.push(phone);
      written = 0;
    }
    expect(early).toEqual([]);
    expect(posts).toEqual(Array.from({ length: PEOPLE }, (_, index) => phoneNumber(index)));
    expect([...executionsByPhone(dbFile).keys()].sort()).toEqual([...posts].sort());
  });
});
