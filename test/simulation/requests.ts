import type { ClaimedDelivery } from '../../src/core/delivery.js';
import { messageBuilder } from '../../src/providers/plazbot/message.js';
import type { Request } from './model-provider.js';
import { TEMPLATE } from './names.js';
import type { SimulatedCampaign } from './settings.js';

/** Where a message goes, and its values as JSON text. */
export type Addressed = Pick<ClaimedDelivery, 'phone' | 'bodyJson' | 'headerJson' | 'attachmentJson'>;

/** The request for a duty, as it goes over the wire. */
export function requestOf(
  { type, campaignName }: Pick<SimulatedCampaign, 'type' | 'campaignName'>,
  duty: string | null,
  addressed: Addressed,
): Request {
  const constants = { workspaceId: 'ws', template: TEMPLATE, type, campaignName, api: 'classic' } as const;
  const body = messageBuilder(constants)(addressed as ClaimedDelivery);
  return { duty, phone: addressed.phone, template: TEMPLATE, type, campaignName, body };
}
