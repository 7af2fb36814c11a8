import { describe, expect, it } from 'vitest';
import { COMMANDS, loadCommands } from '../../src/cli/commands/index.js';
import { GLOBAL_OPTIONS } from '../../src/cli/commands/shared-options.js';
import { wordsOf, wrongWords } from '../../src/cli/wrong-words.js';
import { said } from '../support/said.js';

const specs = await loadCommands(COMMANDS);

function wrong(...argv: readonly string[]): readonly string[] {
  return wrongWords(wordsOf(argv, GLOBAL_OPTIONS, specs), GLOBAL_OPTIONS, COMMANDS, specs).map(said);
}

describe('words of a command line', () => {
  it.each([
    ['send', 'campaigns/welcome', '--limit', '5'],
    ['--ledger', 'x.db', 'send', 'campaigns/welcome', '--ledger=y.db'],
    ['--limit', '5', 'send', 'x', '--no-wait', '--no-color', '-y'],
    ['test', 'x', '--to', '-5'],
    ['suppress', 'add', '--reason=-x', '51987654321'],
    ['status', '-wy'],
    ['send', '--', '-strange-folder'],
  ])('%j are all known', (...argv) => {
    expect(wrong(...argv.filter((word) => typeof word === 'string'))).toEqual([]);
  });

  it.each([
    [['send', 'x', '--limt', '5'], 'Unknown option --limt. Did you mean --limit?'],
    [['send', 'x', '--no-wiat'], 'Unknown option --no-wiat. Did you mean --no-wait?'],
    [['send', 'x', '--no-limit'], 'Unknown option --no-limit. Did you mean --limit?'],
    [['send', '-x'], 'Unknown option -x.'],
    [['-V'], 'Unknown option -V.'],
    [['snd', 'x'], 'Unknown command "snd". Did you mean "send"?'],
    [['--ledger', 'x.db', 'sned'], 'Unknown command "sned". Did you mean "send"?'],
    [['send', 'x', '--dry-run=maybe'], '--dry-run takes no value. To turn it off, write --no-dry-run.'],
  ])('%j is explained', (argv, sentence) => {
    expect(wrong(...argv)).toEqual([sentence]);
  });

  it.each([[[]], [['--ledger', 'x.db']], [['--', 'send']]])('%j asks for nothing', (argv) => {
    expect(wrong(...argv).join()).toContain('Say what to do');
  });
});
