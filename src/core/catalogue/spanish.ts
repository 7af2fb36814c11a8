import type { Code } from './english.js';
import { campaignEs } from './es/campaign.js';
import { cliEs } from './es/cli.js';
import { commandsEs } from './es/commands.js';
import { conversationsEs } from './es/conversations.js';
import { filesEs } from './es/files.js';
import { helpEs } from './es/help.js';
import { ledgerEs } from './es/ledger.js';
import { operatorEs } from './es/operator.js';
import { recipientsEs } from './es/recipients.js';
import { reconcileEs } from './es/reconcile.js';
import { reportEs } from './es/report.js';
import { runEs } from './es/run.js';
import { sandboxEs } from './es/sandbox.js';
import { termsEs } from './es/terms.js';

/** The same sentences in Spanish; the type makes a missing one a compile error. */
export const spanish: Readonly<Record<Code, string>> = {
  ...campaignEs,
  ...recipientsEs,
  ...runEs,
  ...ledgerEs,
  ...reconcileEs,
  ...cliEs,
  ...commandsEs,
  ...filesEs,
  ...helpEs,
  ...reportEs,
  ...conversationsEs,
  ...sandboxEs,
  ...termsEs,
  ...operatorEs,
};
