import { describe, expect, test } from 'vitest';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import { ConnectionBreaker } from '../../src/run/connection-breaker.js';

const FAILED: Outcome = {
  kind: 'not-sent',
  onWire: false,
  halt: null,
  answer: { ...NO_ANSWER, errorMessage: 'ECONNREFUSED' },
};
const ACCEPTED: Outcome = { kind: 'accepted', contactId: null, answer: NO_ANSWER };
const REFUSED_ACCOUNT: Outcome = {
  kind: 'not-sent',
  onWire: true,
  halt: { code: 'halt.account', params: { detail: 'no' } },
  answer: NO_ANSWER,
};

function watch(...failuresAtMs: readonly number[]): ConnectionBreaker {
  const connections = new ConnectionBreaker('https://api.example.com');
  for (const atMs of failuresAtMs) connections.record(FAILED, atMs);
  return connections;
}

describe('connections that fail', () => {
  test('pause the run for 1 s, 2 s, then 4 s at a time', () => {
    const connections = watch();
    expect([connections.failing, connections.pauseMs(0)]).toEqual([false, 0]);
    const pauses = [0, 1_000, 3_000, 7_000].map((atMs) => {
      connections.record(FAILED, atMs);
      return connections.pauseMs(atMs);
    });
    expect(pauses).toEqual([1_000, 2_000, 4_000, 4_000]);
    expect(connections.failing).toBe(true);
  });

  test('together count, but pause once', () => {
    expect(watch(0, 1, 2, 3, 4, 5).pauseMs(10)).toBe(990);
  });

  test('halt the run after five in a row over at least ten seconds', () => {
    expect(watch(0, 1, 2, 3, 4, 5).verdict(9_999)).toBeNull();
    expect(watch(0, 1_000, 3_000, 7_000).verdict(20_000)).toBeNull();
    expect(watch(0, 1_000, 3_000, 7_000, 11_000).verdict(11_000)).toEqual({
      code: 'halt.unreachable',
      params: { url: 'https://api.example.com', detail: 'ECONNREFUSED' },
    });
  });

  test.each([ACCEPTED, REFUSED_ACCOUNT])('are forgotten once a request got through: %o', (outcome) => {
    const connections = watch(0, 1_000, 3_000, 7_000);
    connections.record(outcome, 8_000);
    expect([connections.failing, connections.pauseMs(8_000)]).toEqual([false, 0]);
    connections.record(FAILED, 11_000);
    expect(connections.verdict(11_000)).toBeNull();
    expect(connections.pauseMs(11_000)).toBe(1_000);
  });
});
