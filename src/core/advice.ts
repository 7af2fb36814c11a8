import type { Code } from '../locales/index.js';
import type { ReportStatus } from './report-data.js';
import { classOfCode } from './whatsapp-codes.js';

/** Codes of the sentences that say what a person can do about deliveries that did not go through. */
export type AdviceCode = Extract<Code, `report.advice.${string}`>;

/** WhatsApp codes about which more can be said than their class tells. */
const BY_CODE: ReadonlyMap<number, AdviceCode> = new Map([
  [131008, 'report.advice.parameter'],
  [131009, 'report.advice.parameter'],
  [131021, 'report.advice.own-number'],
  [131030, 'report.advice.test-number'],
  [131047, 'report.advice.no-template'],
  [130472, 'report.advice.experiment'],
  [130497, 'report.advice.country'],
  [131049, 'report.advice.not-now'],
  [131051, 'report.advice.attachment'],
  [131052, 'report.advice.attachment'],
  [131053, 'report.advice.attachment'],
  [132000, 'report.advice.variable-count'],
  [132005, 'report.advice.too-long'],
  [132012, 'report.advice.variable-format'],
  [132018, 'report.advice.variable-format'],
]);

const BY_REASON: ReadonlyMap<string, AdviceCode> = new Map([
  ['not-on-whatsapp', 'report.advice.not-on-whatsapp'],
  ['not-reachable', 'report.advice.not-reachable'],
  ['opted-out', 'report.advice.opted-out'],
  ['not-now', 'report.advice.not-now'],
  ['row-data', 'report.advice.row-data'],
  ['suppressed', 'report.advice.suppressed'],
  ['duplicate', 'report.advice.duplicate'],
  ['capped', 'report.advice.capped'],
  ['canceled', 'report.advice.canceled'],
  ['removed', 'report.advice.removed'],
]);

/** What kind of repair a rejected row needs, by the first word of its reason. */
const BY_REJECTION: ReadonlyMap<string, AdviceCode> = new Map([
  ['phone', 'report.advice.rejected-phone'],
  ['variable', 'report.advice.rejected-variable'],
  ['columns', 'report.advice.rejected-columns'],
  ['encoding', 'report.advice.rejected-encoding'],
  ['cell', 'report.advice.rejected-cell'],
]);

/**
 * What to do about deliveries that ended with this status, reason and code. There is an answer for everything,
 * also for reasons and codes that nobody has seen yet.
 */
export function adviceFor(status: ReportStatus, reason: string, errorCode: string | null): AdviceCode {
  switch (status) {
    case 'accepted':
      return 'report.advice.nothing';
    case 'uncertain':
      return 'report.advice.uncertain';
    case 'rejected':
      return BY_REJECTION.get(reason.replace(/\..*$/u, '')) ?? 'report.advice.rejected';
    case 'skipped':
      return BY_REASON.get(reason) ?? 'report.advice.nothing';
    case 'pending':
    case 'sending':
      return haltAdvice(errorCode) ?? 'report.advice.pending';
    case 'refused':
      return byCode(errorCode) ?? BY_REASON.get(reason) ?? 'report.advice.refused';
    case 'exhausted':
      return haltAdvice(errorCode) ?? 'report.advice.exhausted';
  }
}

function byCode(errorCode: string | null): AdviceCode | null {
  const code = whatsAppCode(errorCode);
  return (code === null ? undefined : BY_CODE.get(code)) ?? haltAdvice(errorCode);
}

function haltAdvice(errorCode: string | null): AdviceCode | null {
  const code = whatsAppCode(errorCode);
  const known = code === null ? null : classOfCode(code);
  if (known?.kind !== 'halt') return null;
  return known.halt === 'halt.template' ? 'report.advice.template' : 'report.advice.account';
}

/** Numbers under 1,000 are left out: providers repeat HTTP statuses as codes, and those look like Meta's small ones. */
function whatsAppCode(errorCode: string | null): number | null {
  return errorCode !== null && /^\d{4,6}$/u.test(errorCode) ? Number(errorCode) : null;
}
