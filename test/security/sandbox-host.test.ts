import { request } from 'node:http';
import { expect, test } from 'vitest';
import { requestsLog } from '../sandbox/read-log.js';
import { classicBody, runningSandbox } from '../sandbox/running-sandbox.js';

/** The status of a request that names this host; `path` as in the sandbox's routes. */
function statusFor(url: string, host: string, method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${url}${path}`,
      { method, headers: { host, 'content-type': 'application/json', 'x-workspace-id': 'ws-1' } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.once('error', reject);
    asked.end(method === 'POST' ? JSON.stringify(classicBody) : undefined);
  });
}

const ROUTES = [
  ['POST', '/api/message/conversation'],
  ['GET', '/api/message/conversation?workspaceId=ws-1'],
  ['GET', '/api/template/actives?workspaceId=ws-1'],
  ['GET', '/v1/conversations'],
  ['GET', '/nowhere'],
] as const;

test.each(ROUTES)(
  '%s %s under the name of another host is a misdirected request that does nothing',
  async (method, path) => {
    const { url, port, dbFile } = await runningSandbox();
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      'localhost.evil.example',
    ]) {
      expect([host, await statusFor(url, host, method, path)]).toEqual([host, 421]);
    }
    expect(requestsLog(dbFile)).toEqual([]);
  },
);

test('every name of this machine is answered, with any port', async () => {
  const { url, port } = await runningSandbox();
  for (const host of [
    'localhost',
    `localhost:${port}`,
    'LOCALHOST',
    '127.0.0.1:1',
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
  ]) {
    expect([host, await statusFor(url, host, ...ROUTES[0])]).toEqual([host, 200]);
  }
});
