import { campaignEn } from './en/campaign.js';
import { cliEn } from './en/cli.js';
import { conversationsEn } from './en/conversations.js';
import { helpEn } from './en/help.js';
import { ledgerEn } from './en/ledger.js';
import { recipientsEn } from './en/recipients.js';
import { reconcileEn } from './en/reconcile.js';
import { reportEn } from './en/report.js';
import { runEn } from './en/run.js';
import { sandboxEn } from './en/sandbox.js';
import { termsEn } from './en/terms.js';
import { campaignEs } from './es/campaign.js';
import { cliEs } from './es/cli.js';
import { conversationsEs } from './es/conversations.js';
import { helpEs } from './es/help.js';
import { ledgerEs } from './es/ledger.js';
import { recipientsEs } from './es/recipients.js';
import { reconcileEs } from './es/reconcile.js';
import { reportEs } from './es/report.js';
import { runEs } from './es/run.js';
import { sandboxEs } from './es/sandbox.js';
import { termsEs } from './es/terms.js';

/**
 * The one catalogue: every sentence a person reads that carries a reason, under a stable code. Sentences are
 * ICU MessageFormat (https://unicode-org.github.io/icu/userguide/format_parse/messages/); the command line
 * renders them.
 */
export const english = {
  ...campaignEn,
  ...recipientsEn,
  ...runEn,
  ...ledgerEn,
  ...reconcileEn,
  ...cliEn,
  ...helpEn,
  ...reportEn,
  ...conversationsEn,
  ...sandboxEn,
  ...termsEn,
} as const;

/** A stable code of a sentence. */
export type Code = keyof typeof english;

/** The same sentences in Spanish; the type makes a missing one a compile error. */
export const spanish: Readonly<Record<Code, string>> = {
  ...campaignEs,
  ...recipientsEs,
  ...runEs,
  ...ledgerEs,
  ...reconcileEs,
  ...cliEs,
  ...helpEs,
  ...reportEs,
  ...conversationsEs,
  ...sandboxEs,
  ...termsEs,
};

/** Languages a person can ask for. */
export type Language = 'en' | 'es';
