import type { Imports } from '../../core/ledger/ledger.js';
import type { Database } from './database.js';
import { lookAtFile } from './file-look.js';
import { planFacts, storedRejections } from './plan-facts.js';

/** What is read of imports, and of files that are not imported. */
export function importReadsIn(db: Database): Pick<Imports, 'rejections' | 'planFacts' | 'look'> {
  return {
    rejections: (campaignId) => storedRejections(db, campaignId),
    planFacts: (campaignId) => planFacts(db, campaignId),
    look: (question, campaign) => lookAtFile(db, question, campaign),
  };
}
