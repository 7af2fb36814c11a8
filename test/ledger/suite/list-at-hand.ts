import type { ListedSend } from '../../../src/core/match.js';
import type { KnownSend } from '../../../src/core/reconcile-assign.js';
import type { AuditLedger } from '../../../src/core/reconcile-ports.js';
import { unwrapped } from '../../support/results.js';
import { phoneNumber } from '../../support/run-cli.js';
import { WORKSPACE } from '../../support/sends.js';
import { clocksAt, MINUTE, OPERATOR, type Place } from './ledger-at-hand.js';

export const POLICY = { settleMs: 15 * MINUTE, timeoutMs: MINUTE };
/** The settle time of everything is over. */
export const LATER = 60 * MINUTE;
export const NEED = { purpose: 'settle', fromAt: 0, startedAfter: 0, at: LATER } as const;

/** A record of the campaign in the provider's list. */
export function listed(
  id: string,
  index: number,
  createdAt = 1_600,
  over: Partial<ListedSend> = {},
): ListedSend {
  return {
    id,
    numbers: [phoneNumber(index)],
    templates: ['sale_es'],
    campaignNames: ['sale'],
    type: 1,
    createdAt,
    failed: false,
    contactId: null,
    values: null,
    summary: 'success',
    ...over,
  };
}

/** A page of the list. */
export function pageOf(records: readonly ListedSend[], nextToken: string | null = null) {
  return { kind: 'page', records, nextToken, clockOffsetMs: 0, receivedAt: LATER } as const;
}

/** Reads a list of one page to its end. */
export async function read(settling: AuditLedger, records: readonly ListedSend[], need: object = {}) {
  const scan = unwrapped(await settling.openScan({ ...NEED, ...need }));
  unwrapped(await settling.addPage(scan.id, pageOf(records)));
  unwrapped(await settling.endScan(scan.id, { kind: 'complete' }, LATER));
  return scan.id;
}

/** The only send to a person. */
export async function onlySend(settling: AuditLedger, index = 0): Promise<KnownSend> {
  const [send] = unwrapped(await settling.sendsTo([phoneNumber(index)]));
  if (send === undefined) throw new Error('nothing was sent');
  return send;
}

/** Gives the person's record to the person's only send, as a match of the list does. */
export async function present(settling: AuditLedger, scanId: number, index = 0) {
  const [record] = unwrapped(await settling.recordsOf(scanId, [phoneNumber(index)]));
  if (record === undefined) throw new Error('nothing was listed');
  const match = {
    send: await onlySend(settling, index),
    record,
    likeness: 'exact',
    unrivalled: true,
  } as const;
  return unwrapped(await settling.writePresence(scanId, { matches: [match], extra: [] }, true, OPERATOR));
}

/** Settling of a campaign, at this moment. */
export function settlingOf({ ledger, campaign }: Place, at = LATER): AuditLedger {
  const scope = { campaignId: campaign.id, workspace: WORKSPACE, sender: 'sender' };
  return ledger.settling(scope, () => clocksAt(at));
}
