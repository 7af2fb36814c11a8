import { describe, expect, it } from 'vitest';
import { Args } from '../../../src/cli/command.js';
import { logOptionsOf } from '../../../src/cli/log/log-options.js';

const options = (raw: Record<string, unknown>, terminal = false): unknown =>
  logOptionsOf(new Args(raw), terminal);

describe('log options', () => {
  it('ask for no log unless one of them is given', () => {
    expect(options({})).toBeNull();
    expect(options({ 'log-level': 'info' })).not.toBeNull();
  });

  it('mean text on a terminal and JSON lines everywhere else', () => {
    expect(options({ 'log-level': 'debug' }, true)).toMatchObject({
      format: 'text',
      level: 'debug',
      file: null,
    });
    expect(options({ 'log-level': 'debug' }, false)).toMatchObject({ format: 'json' });
    expect(options({ 'log-file': 'a.log' }, true)).toMatchObject({ format: 'json', level: 'info' });
    expect(options({ 'log-file': 'a.log', 'log-format': 'text' })).toMatchObject({ format: 'text' });
  });
});
