import type { ClaimedDelivery } from '../core/delivery.js';
import type { Gate, GateVerdict, Wait } from '../core/ports.js';

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

/** Asks them again when nothing is due although something is pending: one of them may have put off all that is left. */
export function askedAnew(gates: readonly Gate[], at: number): Promise<GateVerdict> {
  for (const gate of gates) gate.nothingDue?.();
  return passGates(gates, at);
}

/** Until when one that was claimed has to wait after all; null: it may leave. */
export function keptBackUntil(gates: readonly Gate[], delivery: ClaimedDelivery, at: number): number | null {
  const moments = gates.flatMap((gate) => gate.keepsBack?.(delivery, at) ?? []);
  return moments.length === 0 ? null : Math.max(...moments);
}

/** What a run waits for that has nothing left to send; null: it is over. */
export function expectedBy(gates: readonly Gate[], at: number): Wait | null {
  for (const gate of gates) {
    const wait = gate.expects?.(at) ?? null;
    if (wait !== null) return wait;
  }
  return null;
}
