import { z } from 'zod';
import type { RecordFields } from '../../core/conversation-rows.js';

/** Documented as a string; null is accepted where a value can plausibly be absent. */
const optionalText = z.string().nullable();

/**
 * One record of Plazbot's conversation list: one template that was sent. Every documented field must be there;
 * fields that are not documented are kept. Source: Plazbot's API reference, "List Conversation".
 */
export const plazbotRecordSchema = z.looseObject({
  id: z.string().min(1),
  contactId: optionalText,
  workspaceId: optionalText,
  internalWhatsappNumber: optionalText,
  platformSenderId: optionalText,
  platformSenderName: optionalText,
  platformSenderPhone: optionalText,
  workspaceName: optionalText,
  templateCode: optionalText,
  templateType: optionalText,
  /** 1 campaign, 2 individual, 3 API. */
  type: z.union([z.number(), z.string()]).nullable(),
  campaignName: optionalText,
  agentSenderId: optionalText,
  /** What was sent, often as JSON. */
  requestBody: optionalText,
  /** What WhatsApp answered, often as JSON. */
  responseBody: optionalText,
  /** Its values are not documented. */
  responseStatus: optionalText,
  /** ISO 8601 in UTC, with seven fractional digits. */
  creationDate: z.string().regex(/^\d{4}-\d{2}-\d{2}T/u),
});

/** One record of the list, with whatever else the provider put into it. */
export type PlazbotRecord = z.infer<typeof plazbotRecordSchema>;

/**
 * The answer around the records. The token is documented as `newContinuationToken`; other lists of the same API
 * call it `continuationToken`.
 */
export const plazbotPageSchema = z.looseObject({
  success: z.literal(true),
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
  documented: Object.keys(plazbotRecordSchema.shape),
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
