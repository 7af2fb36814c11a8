import { campaignEn } from './en/campaign.js';
import { cliEn } from './en/cli.js';
import { commandsEn } from './en/commands.js';
import { conversationsEn } from './en/conversations.js';
import { filesEn } from './en/files.js';
import { helpEn } from './en/help.js';
import { ledgerEn } from './en/ledger.js';
import { operatorEn } from './en/operator.js';
import { recipientsEn } from './en/recipients.js';
import { reconcileEn } from './en/reconcile.js';
import { reportEn } from './en/report.js';
import { runEn } from './en/run.js';
import { sandboxEn } from './en/sandbox.js';
import { termsEn } from './en/terms.js';

/** Every sentence in English: one theme per file. A new theme stands here and in `spanish.ts`. */
export const english = {
  ...campaignEn,
  ...recipientsEn,
  ...runEn,
  ...ledgerEn,
  ...reconcileEn,
  ...cliEn,
  ...commandsEn,
  ...filesEn,
  ...helpEn,
  ...reportEn,
  ...conversationsEn,
  ...sandboxEn,
  ...termsEn,
  ...operatorEn,
} as const;

/** A stable code of a sentence. */
export type Code = keyof typeof english;
