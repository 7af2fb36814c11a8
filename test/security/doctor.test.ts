import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import type { CliPlace } from '../support/run-cli.js';
import { workplace } from '../support/workplace.js';

interface Check {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly code: string;
  readonly message: string;
}

/** What doctor warns of and finds broken, by code; with the sandbox, so that nothing but this machine is asked. */
async function troubles({ run }: Pick<CliPlace, 'run'>): Promise<ReadonlyMap<string, Check>> {
  const { json } = await run(['doctor', '--sandbox', '--json']);
  const checks = (json as unknown as { checks: readonly Check[] }).checks;
  return new Map(checks.filter(({ level }) => level !== 'ok').map((check) => [check.code, check]));
}

/** A place with a ledger and a state folder, both made by a command. */
async function usedPlace(): Promise<CliPlace> {
  const place = workplace();
  await place.run(['suppress', 'add', '51987654321']);
  return place;
}

describe.skipIf(ON_WINDOWS)('doctor', () => {
  test('has nothing to say about what is the user’s alone', async () => {
    const place = await usedPlace();
    place.write('.env', 'PLAZBOT_API_KEY=x\n');
    chmodSync(place.path('.env'), 0o600);
    expect(
      [...(await troubles(place)).keys()].filter((code) => !code.startsWith('doctor.filesystem')),
    ).toEqual([]);
  });

  test('warns of a .env, a ledger and a state folder that others may read, and says how to close them', async () => {
    const place = await usedPlace();
    place.write('.env', 'PLAZBOT_API_KEY=x\n');
    for (const [path, mode, wanted] of [
      [place.path('.env'), 0o644, '600'],
      [place.ledger, 0o640, '600'],
      [place.stateDir, 0o755, '700'],
    ] as const) {
      chmodSync(path, mode);
      const found = (await troubles(place)).get('doctor.private.open');
      expect(found?.message).toContain(`${path} can be read or changed by other users`);
      expect(found?.message).toContain(
        `(permissions ${mode.toString(8)}). Close it: chmod ${wanted} ${path}`,
      );
      chmodSync(path, mode & 0o700);
    }
  });

  test.skipIf(process.geteuid?.() !== 0)('warns of a .env that belongs to somebody else', async () => {
    const place = await usedPlace();
    place.write('.env', 'PLAZBOT_API_KEY=x\n');
    chownSync(place.path('.env'), 65_534, 65_534);
    expect((await troubles(place)).get('doctor.private.foreign')?.message).toContain(place.path('.env'));
  });

  test('warns of a .env.txt that nothing reads, and of a .env that is a folder', async () => {
    const place = await usedPlace();
    place.write('.env.txt', 'PLAZBOT_API_KEY=x\n');
    expect((await troubles(place)).get('doctor.env.txt')?.message).toContain('Rename it');
    mkdirSync(place.path('.env'), { mode: 0o700 });
    const found = await troubles(place);
    expect(found.has('doctor.env.folder')).toBe(true);
    expect(found.has('doctor.env.txt')).toBe(false);
  });

  test('says that certificates would not be checked, and asks nobody who is not on this machine', async () => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const place = await usedPlace();
    const away = await place.runProcess(['doctor', '--json'], {
      ...env,
      PLAZBOT_BASE_URL: 'https://plazcast.invalid',
    });
    expect(away.code).toBe(1);
    expect(away.stdout).toContain('environment.certificates-unchecked');
    const unchecked = { run: (args: readonly string[]) => place.runProcess(args, env) };
    expect((await troubles(unchecked)).get('environment.certificates-unchecked')?.level).toBe('warn');
    const { url } = await runningSandbox();
    const here = await place.runProcess(['doctor', '--json'], { ...env, PLAZBOT_BASE_URL: url });
    expect(here.code).toBe(0);
    expect(here.stdout).toContain('environment.certificates-unchecked');
  });
});
