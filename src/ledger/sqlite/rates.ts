import type { Runs } from '../../core/ledger/ledger.js';
import type { AskedPause } from '../../core/ledger/runs.js';
import { KEEP_PAUSE, PAUSE } from '../sql/runs.js';
import type { AskLedger } from './open-ledger.js';
import { forgetLearnedRate, keepLearnedRate, learnedRate } from './runs.js';

/** What providers taught and asked for, by sender. */
export function ratesIn(
  ask: AskLedger,
): Pick<Runs, 'learnedRate' | 'keepLearnedRate' | 'forgetLearnedRate' | 'pause' | 'keepPause'> {
  return {
    learnedRate: (sender) => ask((db) => learnedRate(db, sender)),
    keepLearnedRate: (sender, perSecond, at) => ask((db) => keepLearnedRate(db, sender, perSecond, at)),
    forgetLearnedRate: (sender, at) => ask((db) => forgetLearnedRate(db, sender, at)),
    pause: (sender) => ask((db) => (db.prepare(PAUSE).get({ sender }) as AskedPause | undefined) ?? null),
    keepPause: (sender, pause, ratePerSecond) =>
      ask((db) => void db.prepare(KEEP_PAUSE).run({ sender, ...pause, ratePerSecond })),
  };
}
