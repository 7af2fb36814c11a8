import { mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { answeringServer } from '../support/answering.js';
import { secretsIn, workplace } from '../support/workplace.js';

interface Check {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly code: string;
  readonly message: string;
}

const checksOf = ({ json }: { readonly json: unknown }) => (json as { checks: readonly Check[] }).checks;

describe('doctor', () => {
  test('a healthy place has no fail, and no ledger is made', async () => {
    const { url } = await runningSandbox();
    const end = await workplace(url).run(['doctor', '--json']);
    expect(end.code).toBe(0);
    const checks = checksOf(end);
    expect(checks.filter(({ level }) => level === 'fail')).toEqual([]);
    expect(checks.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'doctor.node',
        'doctor.disk',
        'doctor.ledger.none',
        'doctor.state',
        'doctor.list',
        'doctor.workspace-name',
        'doctor.clock',
      ]),
    );
    expect(secretsIn(end)).toEqual([]);
  });

  test.each(['--full', '--no-full'])(
    'an existing ledger is read and its durability with %s',
    async (full) => {
      const { url } = await runningSandbox();
      const place = workplace(url);
      await place.run(['suppress', 'add', '+51987654321']);
      const end = await place.run(['doctor', full]);
      expect(end.code).toBe(0);
      expect(end.stdout).toContain(full === '--full' ? 'intact' : 'every page can be read');
      expect(end.stdout).toContain('synchronous=FULL');
    },
  );

  test('a damaged ledger fails with what to do, and the provider is still looked at', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    const numbers = Array.from({ length: 400 }, (_, index) => `51987${String(index).padStart(6, '0')}`);
    place.write('many.csv', `phone\n${numbers.join('\n')}\n`);
    await place.run(['suppress', 'import', 'many.csv']);
    const size = readFileSync(place.ledger).length;
    const file = openSync(place.ledger, 'r+');
    writeSync(file, Buffer.alloc(16_384, 0x5a), 0, 16_384, size - 16_384);
    const end = await place.run(['doctor', '--full']);
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('is damaged');
    expect(end.stdout).toContain('conversation list can be read');
  });

  test('an unreachable provider ends with 5', async () => {
    const end = await workplace().run(['doctor', '--json']);
    expect(end.code).toBe(5);
    expect(checksOf(end).find(({ level }) => level === 'fail')?.message).toContain('cannot be reached');
  });

  test('refused credentials end with 5 and are not repeated', async () => {
    const { url } = await runningSandbox({ apiKey: 'another' });
    const end = await workplace(url).run(['doctor']);
    expect(end.code).toBe(5);
    expect(end.stdout).toContain('refused the credentials');
    expect(secretsIn(end)).toEqual([]);
  });

  test('a provider that repeats the workspace does not make the doctor repeat it', async () => {
    const url = await answeringServer((request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ success: false, message: `bad ${String(request.headers['x-workspace-id'])}` }),
      );
    });
    const end = await workplace(url).run(['doctor']);
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('bad •••');
    expect(secretsIn(end)).toEqual([]);
  });

  test('a provider that asks for a pause of minutes is told about, and not waited for', async () => {
    const url = await answeringServer((_request, response) => {
      response.writeHead(429, { 'retry-after': '600' }).end();
    });
    const end = await workplace(url).run(['doctor', '--json']);
    expect(end.code).toBe(5);
    expect(checksOf(end).map(({ code }) => code)).toContain('list.throttled-too-long');
  });

  test('a page that is no JSON fails', async () => {
    const url = await answeringServer((_, response) => response.end('<html>'));
    const end = await workplace(url).run(['doctor']);
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('is not JSON');
  });

  test.each([
    [60_000, 'warn', 'doctor.clock.behind', 0],
    [600_000, 'fail', 'doctor.clock.behind', 1],
    [-600_000, 'fail', 'doctor.clock.ahead', 1],
  ])('a provider’s clock that is %i ms away is %s', async (offsetMs, level, code, exitCode) => {
    const { url } = await runningSandbox();
    const skewed = await answeringServer(async (request, response) => {
      const answer = await fetch(url + (request.url ?? ''), {
        headers: { 'x-workspace-id': String(request.headers['x-workspace-id']) },
      });
      response.setHeader('date', new Date(Date.now() + offsetMs).toUTCString());
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(await answer.text());
    });
    const end = await workplace(skewed).run(['doctor', '--json']);
    expect(end.code).toBe(exitCode);
    expect(checksOf(end)).toContainEqual(expect.objectContaining({ level, code }));
  });

  test('without a workspace it says how to set one', async () => {
    const end = await workplace().run(['doctor'], { PLAZBOT_WORKSPACE_ID: undefined });
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('PLAZBOT_WORKSPACE_ID is not set');
  });

  test('a state folder that cannot be made fails', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    const taken = place.write('a-file', '');
    const end = await place.run(['doctor'], { PLAZCAST_STATE_DIR: `${taken}/state` });
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('PLAZCAST_STATE_DIR');
  });

  test('a file that is no ledger is not touched', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    mkdirSync(place.path('folder'));
    place.write('folder/notes.db', 'these are my notes, and no database at all');
    const end = await place.run(['doctor', '--ledger', 'folder/notes.db']);
    expect(end.code).toBe(1);
    expect(place.read('folder/notes.db')).toBe('these are my notes, and no database at all');
  });

  test('--sandbox needs no account, in Spanish too', async () => {
    const end = await workplace().run(['doctor', '--sandbox', '--lang', 'es']);
    expect(end.code).toBe(0);
    expect(end.stdout).toContain('El reloj coincide');
  });
});
