import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isTooOld, NODE_FLOOR, olderNodeSentence } from '../../src/machine/node-floor.js';

describe('the oldest Node', () => {
  test('is the one that package.json asks for', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${NODE_FLOOR}`);
  });

  test.each([
    ['20.20.2', true],
    ['22.18.9', true],
    ['22.19.0', false],
    ['23.0.0', false],
    ['26.1.0', false],
  ])('%s is too old: %s', (version, tooOld) => {
    expect(isTooOld(version)).toBe(tooOld);
  });

  test.each(['en', 'es'] as const)('is named together with the one found (%s)', (language) => {
    const sentence = olderNodeSentence('20.20.2', language);
    expect(sentence).toContain('22.19');
    expect(sentence).toContain('20.20.2');
  });
});
