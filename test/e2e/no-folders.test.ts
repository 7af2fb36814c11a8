import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sendingPlace } from '../support/sending-place.js';

/** A home on a file system that takes no folders: Node's own way to make them never returns there. */
const NOWHERE = { HOME: '/proc', PLAZCAST_STATE_DIR: undefined };

test.skipIf(!existsSync('/proc/self'))(
  'where no folder can be made for state and caches, commands end and say so',
  async () => {
    const { run, runProcess } = await sendingPlace(1);
    await run(['send', 'sale']);
    expect((await runProcess(['status'], NOWHERE)).stdout).toContain('Campaign sale');
    const sent = await runProcess(['send', 'sale', '--yes'], NOWHERE);
    expect([sent.code, sent.stderr]).toEqual([2, expect.stringContaining('/proc/.local/state/plazcast')]);
    expect((await runProcess(['doctor'], NOWHERE)).stdout).toContain('/proc/.local/state/plazcast');
  },
);

test.skipIf(!existsSync('/sys/kernel'))(
  'a rehearsal beside a ledger where nothing can be written says that it lies there, and how to have it elsewhere',
  async () => {
    const { run } = await sendingPlace(1);
    const sent = await run(['send', 'sale', '--sandbox', '--yes', '--ledger', '/sys/plazcast.db']);
    expect(sent.code).toBe(2);
    expect(sent.stderr).toMatch(
      /beside the ledger, in \/sys\/plazcast\.db\.sandbox\.db, which cannot be written \(E[A-Z]+: [^/]*\)\./u,
    );
    expect(sent.stderr).toContain('--ledger');
    expect(sent.stderr).not.toContain('Choose another file');
    const own = await run(['sandbox', '--data', '/sys/data.db', '--lang', 'es']);
    expect([own.code, own.stderr]).toEqual([2, expect.stringContaining('--data')]);
  },
);
