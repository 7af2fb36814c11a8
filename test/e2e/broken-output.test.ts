import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import type { CliStreams } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

const PEOPLE = 40;
const SLOW = { rate: '30/s' };
/** A file on which nothing can be written: the device of a full disk. */
const FULL = '/dev/full';

function full(): number {
  const descriptor = openSync(FULL, 'w');
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

describe.skipIf(!existsSync(FULL))('on a full disk', () => {
  test.each<[string, () => CliStreams, readonly string[]]>([
    ['stdout', () => ({ stdout: full() }), []],
    ['stderr', () => ({ stderr: full() }), ['--log-level', 'debug']],
    ['the log', () => ({}), ['--log-file', FULL, '--log-level', 'debug']],
    ['all of them', () => ({ stdout: full(), stderr: full() }), ['--log-file', FULL, '--json']],
  ])('%s ends no run, and the exit code tells of the run', async (_what, streams, options) => {
    const { start, logFile, json } = await sendingPlace(PEOPLE, SLOW);
    const end = await start(['send', 'sale', '--yes', ...options], {}, streams()).ended;
    expect([end.code, countExecutions(logFile)]).toEqual([0, PEOPLE]);
    expect((await json(['status', 'sale'])).json).toMatchObject({ counts: { accepted: PEOPLE } });
  });

  test.each([[['status', 'sale']], [['report', 'sale', '-o', '-']], [['suppress', 'list']]])(
    'a result that cannot be written is a failure: %j',
    async (args) => {
      const { start, run } = await sendingPlace(2);
      await run(['send', 'sale', '--yes']);
      const end = await start(args, {}, { stdout: full() }).ended;
      expect([end.code, end.stderr]).toEqual([2, expect.stringContaining('ENOSPC')]);
    },
  );
});

test('a reader that goes away ends no run', async () => {
  const { start, logFile } = await sendingPlace(PEOPLE, SLOW);
  const run = start(['send', 'sale', '--yes', '--log-level', 'debug']);
  await expect.poll(() => countExecutions(logFile)).toBeGreaterThan(3);
  run.process.stdout?.destroy();
  run.process.stderr?.destroy();
  expect([(await run.ended).code, countExecutions(logFile)]).toEqual([0, PEOPLE]);
});
