import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { executionsByPhone } from './read-log.js';
import { sendTo } from './running-sandbox.js';

const PROGRAM = `
  import { startSandbox } from ${JSON.stringify(new URL('../../src/sandbox/start-sandbox.js', import.meta.url).href)};
  const { url } = await startSandbox({ dbFile: process.argv[1], latencyMs: { min: 0, max: 0 } });
  process.stdout.write(url);
`;

test.each([1, 50, 300])(
  'whatever was answered is in the log of a sandbox that is killed at answer %i',
  async (killedAt) => {
    const folder = mkdtempSync(join(tmpdir(), 'plazcast-sandbox-'));
    const dbFile = join(folder, 'sandbox.db');
    const server = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', PROGRAM, dbFile]);
    onTestFinished(() => {
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    const [url] = (await once(server.stdout, 'data')) as [Buffer];
    const answered: string[] = [];
    let sent = 0;
    async function sendUntilKilled(): Promise<void> {
      while (server.exitCode === null && server.signalCode === null) {
        sent += 1;
        const destination = String(51_900_000_000 + sent);
        const response = await sendTo(url.toString(), destination);
        if (response?.status === 200) answered.push(destination);
        if (answered.length === killedAt) server.kill('SIGKILL');
      }
    }
    await Promise.all(Array.from({ length: 16 }, sendUntilKilled));
    const executed = executionsByPhone(dbFile);
    expect(answered.length).toBeGreaterThanOrEqual(killedAt);
    expect(answered.filter((phone) => executed.get(phone) !== 1)).toEqual([]);
  },
);
