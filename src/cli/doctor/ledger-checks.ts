import { existsSync } from 'node:fs';
import { checkIntegrity, openLedger } from '../../ledger/open-ledger.js';
import { type Finding, failure, failures, fine } from './finding.js';

/** The number by which SQLite calls `synchronous=FULL`. */
const FULL = 2;

/** Whether the ledger can be opened for writing, writes through to the disk, and holds together. */
export function ledgerFindings(file: string, depth: 'quick' | 'full'): readonly Finding[] {
  if (!existsSync(file)) return [fine('doctor.ledger.none', { file })];
  const opened = openLedger(file, { mode: 'existing' });
  if (!opened.ok) return failures(opened.problems);
  const db = opened.value;
  try {
    const synchronous = db.pragma('synchronous', { simple: true });
    const durable =
      synchronous === FULL
        ? fine('doctor.durable')
        : failure('doctor.durable.not', { value: String(synchronous) });
    const intact = checkIntegrity(db, depth);
    const whole = depth === 'full' ? 'doctor.ledger.full' : 'doctor.ledger.quick';
    return [...(intact.ok ? [fine(whole, { file })] : failures(intact.problems)), durable];
  } finally {
    db.close();
  }
}
