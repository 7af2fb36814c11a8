import * as z from 'zod';
import type { RawRecord } from '../../core/conversation.js';
import type { RecordFields } from '../../core/conversation-rows.js';
import { idIn, textIn, textsIn } from '../http/fields.js';

/** Source: Plazbot's API reference, "List Conversation". */
const TEXTS = [
  'contactId',
  'workspaceId',
  'internalWhatsappNumber',
  'platformSenderId',
  'platformSenderName',
  'platformSenderPhone',
  'workspaceName',
  'templateCode',
  'templateType',
  'campaignName',
  'agentSenderId',
  // What was sent, often as JSON.
  'requestBody',
  // What WhatsApp answered, often as JSON.
  'responseBody',
  // Its values are not documented.
  'responseStatus',
  // ISO 8601 in UTC, with seven fractional digits.
  'creationDate',
] as const;

/** One record of Plazbot's list, one template that was sent: null stands for what is missing or cannot be read. */
export interface PlazbotRecord extends Readonly<Record<(typeof TEXTS)[number], string | null>> {
  readonly id: string | null;
  /** 1 campaign, 2 individual, 3 API; as a number or a text. */
  readonly type: number | string | null;
}

/** Reads a record liberally: which fields are needed is for the job at hand to say. */
export function plazbotRecordOf(raw: RawRecord): PlazbotRecord {
  const texts = textsIn(raw, TEXTS);
  const bodies = { requestBody: bodyIn(raw['requestBody']), responseBody: bodyIn(raw['responseBody']) };
  return { id: idIn(raw), type: textIn(raw, 'type'), ...texts, ...bodies };
}

/** A body may come as JSON text, or as what that text would be. */
function bodyIn(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : null;
}

/**
 * The answer around the records. The token is documented as `newContinuationToken`; other lists of the same API
 * call it `continuationToken`.
 */
export const plazbotPageSchema = z.looseObject({
  success: z.literal(true).optional(),
  data: z.looseObject({
    newContinuationToken: z.string().nullish(),
    continuationToken: z.string().nullish(),
    data: z.array(z.unknown()),
  }),
});

/** An answer that says no: `HTTP 200` with `success: false` happens. */
export const plazbotRefusalSchema = z.looseObject({
  success: z.literal(false),
  code: z.union([z.number(), z.string()]).nullish(),
  errorCode: z.union([z.number(), z.string()]).nullish(),
  message: z.string().nullish(),
});

/** Columns of Plazbot's own. */
export const plazbotFields: RecordFields = {
  documented: ['id', 'type', ...TEXTS],
  shown: [
    'contactId',
    'templateCode',
    'templateType',
    'type',
    'campaignName',
    'responseStatus',
    'responseBody',
  ],
};
