import { failed, ok, type Result, shortened } from '../../core/problem.js';
import { suggestion } from '../../core/suggestion.js';
import { effectsByNumber } from './by-number.js';
import type { EffectChoice, FaultEffect, FaultMatch, FaultPhase, FaultRule } from './fault.js';
import { effectNames, effectOf } from './presets.js';

/**
 * What `mixed` draws from: everything that leaves it open whether a send was executed, and passing refusals.
 */
const MIXED = [
  ...['reset-before', 'reset-after', 'close-before', 'close-after', 'truncated-before', 'truncated-after'],
  ...['garbage-before', 'garbage-after', 'false-before', 'false-after', 'http-500', 'http-500-after'],
  ...['http-503', 'http-503-after', 'http-408', 'http-408-after', 'code-131016', 'http-429-bare'],
];

/** Faults of the connection alone: they strike whatever the request is. */
const EARLY: Readonly<Record<string, readonly [FaultPhase, string]>> = {
  'reset-on-connect': ['connect', 'reset-before'],
  'reset-on-headers': ['headers', 'reset-before'],
  'close-on-headers': ['headers', 'close-before'],
  'silent-on-headers': ['headers', 'silent-before'],
};

const LIST_PREFIX = 'list-';
const LIST_NAMES = [
  ...['reset-before', 'close-before', 'silent-before', 'slow', 'truncated-before', 'garbage-before'],
  ...['html-before', 'false-before', 'http-401', 'http-429', 'http-500', 'http-503'],
];

/**
 * Every name `--fault` offers. Statuses and codes work with other numbers too: `http-418`, `code-131053`,
 * `code-131053-400`. `list-` before a name puts the fault on the conversation lists.
 */
export const faultNames: readonly string[] = [
  'mixed',
  'by-number',
  ...Object.keys(EARLY),
  ...effectNames,
  ...LIST_NAMES.map((name) => LIST_PREFIX + name),
];

interface Named {
  readonly phase: FaultPhase;
  readonly choice: EffectChoice;
}

function named(name: string): Named | null {
  if (name === 'by-number') {
    return { phase: 'send', choice: { kind: 'by-number', effects: effectsByNumber() } };
  }
  if (name === 'mixed') {
    const effects = MIXED.map(effectOf).filter((effect): effect is FaultEffect => effect !== null);
    return { phase: 'send', choice: { kind: 'by-chance', effects } };
  }
  const early = Object.hasOwn(EARLY, name) ? EARLY[name] : undefined;
  const onList = name.startsWith(LIST_PREFIX);
  const phase = early?.[0] ?? (onList ? 'list' : 'send');
  const effect = effectOf(early?.[1] ?? (onList ? name.slice(LIST_PREFIX.length) : name));
  return effect === null ? null : { phase, choice: { kind: 'always', effect } };
}

/**
 * The rule of a fault by name, for requests that match. Throws for an unknown name, which in a program is a
 * bug; use `parseFault` for what a person typed.
 */
export function faultRule(name: string, match: FaultMatch = {}): FaultRule {
  const found = named(name);
  if (found === null) throw new TypeError(`no fault is called ${name}`);
  return { name, match: { phase: found.phase, ...match }, choice: found.choice };
}

const WRITTEN = /^([a-z0-9-]+)(?::(\d*\.?\d+)(%?))?$/u;

/**
 * Reads `NAME` or `NAME:PROBABILITY` (0.25 or 25%). Problems: `sandbox.fault-unreadable`,
 * `sandbox.fault-unknown` with the nearest name, `sandbox.fault-probability`.
 */
export function parseFault(text: string): Result<FaultRule> {
  const parts = WRITTEN.exec(text.trim());
  if (parts === null) return failed({ code: 'sandbox.fault-unreadable', params: { fault: shortened(text) } });
  const name = parts[1] ?? '';
  if (named(name) === null) {
    const meant = suggestion(name, faultNames) ?? 'none';
    return failed({
      code: 'sandbox.fault-unknown',
      params: { fault: shortened(name), suggestion: meant, names: faultNames.join(', ') },
    });
  }
  const probability = parts[2] === undefined ? 1 : Number(parts[2]) / (parts[3] === '%' ? 100 : 1);
  if (!(probability > 0 && probability <= 1)) {
    return failed({ code: 'sandbox.fault-probability', params: { fault: shortened(text) } });
  }
  return ok(faultRule(name, { probability }));
}
