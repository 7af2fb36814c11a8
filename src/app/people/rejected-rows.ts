import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import { ok, type Result } from '../../core/problem.js';
import type { Rejection } from '../../core/recipient.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { pageEnd } from './search-people.js';

/** Rows of the last import that could not be sent. */
export interface RejectedRows {
  readonly rows: readonly Rejection[];
  /** For the next page; null: there is none. */
  readonly next: string | null;
}

/** The rejected rows of a campaign in order of line; `reason` null: whichever. */
export function rejectedRows(
  { id }: CampaignRecord,
  asked: { readonly reason: string | null; readonly after: string | null; readonly most: number },
  app: App,
): Promise<Result<RejectedRows>> {
  return withLedger(app, 'read', async ({ finding }) => {
    const page = { after: pageEnd(asked.after), most: asked.most };
    const { rows, next } = await finding.rejections(id, asked.reason, page);
    return ok({ rows, next: next === null ? null : next.join('.') });
  });
}
