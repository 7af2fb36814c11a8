import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Gate, GateVerdict } from '../../src/core/ports.js';
import { passGates } from '../../src/run/gates.js';
import { RunLimit } from '../../src/run/run-limit.js';

function gate(verdict: GateVerdict): Gate {
  return { check: () => Promise.resolve(verdict) };
}

const open = (atMost: number | null): Gate => gate({ kind: 'open', atMost });
const wait = gate({ kind: 'wait', wait: { code: 'wait.paused', params: {}, untilAt: null } });
const halt = gate({ kind: 'halt', halt: { code: 'halt.paused', params: {} } });

describe('several gates', () => {
  test('let through what the narrowest lets through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(fc.nat())), async (allowances) => {
        const known = allowances.filter((allowance) => allowance !== null);
        const atMost = known.length === 0 ? null : Math.min(...known);
        expect(await passGates(allowances.map(open), 0)).toEqual({ kind: 'open', atMost });
      }),
    );
  });

  test('say what the first says that is closed', async () => {
    expect(await passGates([open(3), wait, halt], 0)).toMatchObject({ kind: 'wait' });
    expect(await passGates([open(null), halt, wait], 0)).toMatchObject({ kind: 'halt' });
  });
});

describe('the limit of a run', () => {
  test('counts deliveries, not tries, and gets places back', () => {
    const limit = new RunLimit(2);
    limit.begin(1);
    limit.begin(1);
    expect(limit.left()).toBe(1);
    limit.begin(2);
    expect(limit.left()).toBe(0);
    limit.giveBack(1);
    expect(limit.left()).toBe(1);
  });

  test('without one never ends', () => {
    const limit = new RunLimit(null);
    limit.begin(1);
    expect(limit.left()).toBe(Number.POSITIVE_INFINITY);
  });
});
