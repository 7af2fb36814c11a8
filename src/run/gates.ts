import type { Gate, GateVerdict } from '../core/ports.js';

/** Asks every gate: the first that does not let through decides; else the smallest allowance counts. */
export async function passGates(gates: readonly Gate[], at: number): Promise<GateVerdict> {
  let atMost: number | null = null;
  for (const gate of gates) {
    const verdict = await gate.check(at);
    if (verdict.kind !== 'open') return verdict;
    if (verdict.atMost !== null) atMost = Math.min(atMost ?? verdict.atMost, verdict.atMost);
  }
  return { kind: 'open', atMost };
}
