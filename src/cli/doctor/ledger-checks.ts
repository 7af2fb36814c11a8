import { existsSync } from 'node:fs';
import type { Ledgers } from '../../core/ledger/ledger.js';
import { type Finding, failure, failures, fine } from './finding.js';

/** Whether the ledger can be opened for writing, writes through to the disk, and holds together. */
export async function ledgerFindings(
  ledgers: Ledgers,
  file: string,
  depth: 'quick' | 'full',
): Promise<readonly Finding[]> {
  if (!existsSync(file)) return [fine('doctor.ledger.none', { file })];
  const opened = await ledgers.open(file, 'existing');
  if (!opened.ok) return failures(opened.problems);
  const ledger = opened.value;
  try {
    const { durable, detail } = await ledger.durability();
    const written = durable ? fine('doctor.durable') : failure('doctor.durable.not', { value: detail });
    const intact = await ledger.check(depth);
    const whole = depth === 'full' ? 'doctor.ledger.full' : 'doctor.ledger.quick';
    return [...(intact.ok ? [fine(whole, { file })] : failures(intact.problems)), written];
  } finally {
    await ledger.close();
  }
}
