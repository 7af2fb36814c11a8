import { openSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shellWord } from '../../src/core/harmless.js';
import { programNamed } from '../report/programs.js';
import { countExecutions } from '../sandbox/read-log.js';
import { IN_SHELL } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

const script = programNamed('script');
const PEOPLE = 60;
/** A run of some seconds, whose answers take their time. */
const SLOW = { rate: '30/s', concurrency: '8' };
const LATENCY = { latencyMs: { min: 100, max: 200 } };

test('a terminal that closes hangs up twice, and what is in flight finishes all the same', async () => {
  const { start, logFile, json } = await sendingPlace(PEOPLE, SLOW, LATENCY);
  const run = start(['send', 'sale', '--json', '--yes']);
  await expect.poll(() => countExecutions(logFile)).toBeGreaterThan(5);
  run.process.kill('SIGHUP');
  await run.says('Stopping');
  run.process.kill('SIGHUP');
  const end = await run.ended;
  const executed = countExecutions(logFile);
  expect([end.code, end.json['counts']]).toMatchObject([
    130,
    { accepted: executed, uncertain: 0, sending: 0 },
  ]);
  expect((await json(['send', 'sale', '--yes'])).json).toMatchObject({ counts: { accepted: PEOPLE } });
});

test('a run that nohup started stays when its terminal is closed', async () => {
  const { start, logFile } = await sendingPlace(PEOPLE, SLOW, LATENCY);
  // What nohup leaves in a terminal's place.
  const run = start(['send', 'sale', '--json', '--yes'], {}, { stdin: openSync('/dev/null', 'w') });
  await expect.poll(() => countExecutions(logFile)).toBeGreaterThan(5);
  run.process.kill('SIGHUP');
  expect((await run.ended).json).toMatchObject({ exitCode: 0, counts: { accepted: PEOPLE } });
});

describe.skipIf(script === null)(
  `on a terminal${script === null ? ' (skipped: script is not installed)' : ''}`,
  () => {
    /** Starts a send on a terminal of its own; to kill the process closes that terminal. */
    async function onTerminal(
      command: (send: string) => string,
      lines: Readonly<Record<string, string>> = {},
    ) {
      const place = await sendingPlace(PEOPLE, { ...SLOW, ...lines }, LATENCY);
      const send = `${IN_SHELL} send sale --yes`;
      const words = ['script', '-qefc', command(send), '/dev/null'] as const;
      const terminal = place.startProgram([...words], { TERM: 'xterm', SHELL: '/bin/sh' });
      terminal.ended.catch(() => undefined);
      const executed = (): number => countExecutions(place.logFile);
      await expect.poll(executed).toBeGreaterThan(5);
      return { place, terminal, executed };
    }

    test('that is closed, a run stops in order: everybody who was sent to is known', async () => {
      const { place, terminal, executed } = await onTerminal((send) => send);
      terminal.process.kill('SIGKILL');
      const stopped = async (): Promise<unknown> => (await place.run(['status', 'sale'])).said;
      await expect.poll(stopped, { interval: 200 }).toContain('Not running');
      const next = await place.json(['send', 'sale', '--limit', '1', '--yes']);
      expect(next.json).toMatchObject({ counts: { uncertain: 0, accepted: executed() } });
    });

    test('that is closed under it, a run in a session of its own goes on to its end', async () => {
      const { place, terminal } = await onTerminal(
        (send) => `setsid sh -c ${shellWord(`${send}; echo $? > ended.txt`)}`,
      );
      terminal.process.kill('SIGKILL');
      const ended = (): string => place.read('ended.txt').trim();
      await expect.poll(() => attempt(ended)).toBe('0');
      expect((await place.json(['status', 'sale'])).json).toMatchObject({ counts: { accepted: PEOPLE } });
    });

    test('that stands still, a run goes on sending', async () => {
      const { terminal, executed } = await onTerminal((send) => `${send} --log-level debug`);
      terminal.process.kill('SIGSTOP');
      await expect.poll(executed).toBe(PEOPLE);
      terminal.process.kill('SIGCONT');
      expect((await terminal.ended).code).toBe(0);
    });
  },
);

function attempt(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
