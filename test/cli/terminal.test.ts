import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openTerminal, type Terminal } from '../../src/cli/terminal.js';

/** A terminal whose stdout is a screen or not, and what was written there. */
function terminal(isTTY: boolean): { readonly terminal: Terminal; readonly written: () => Buffer | null } {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()] as const;
  const streams = { stdin, stdout: Object.assign(stdout, { isTTY }), stderr, env: {} };
  return {
    terminal: openTerminal({ json: false, colour: false, yes: false }, streams),
    written: () => stdout.read() as Buffer | null,
  };
}

const BYTES = Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x1b, 0xff);

test('bytes of a result reach a file or a program as they are', async () => {
  const { terminal: out, written } = terminal(false);
  await out.raw(BYTES);
  expect(written()).toEqual(Buffer.from(BYTES));
});

test('bytes of a result never reach a screen, which would obey some of them', async () => {
  const { terminal: out, written } = terminal(true);
  await expect(out.raw(BYTES)).rejects.toMatchObject({ problems: [{ code: 'cli.bytes-on-screen' }] });
  expect(written()).toBe(null);
});
