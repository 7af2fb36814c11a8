import type { CampaignType, PlazbotApi } from '../../core/campaign.js';
import type { ClaimedDelivery } from '../../core/delivery.js';

/** What all messages of a campaign have in common. */
export interface MessageConstants {
  readonly workspaceId: string;
  readonly template: string;
  readonly type: CampaignType;
  readonly campaignName: string | null;
  readonly api: PlazbotApi;
}

/** Plazbot's numbers of the conversation types: https://docs.plazbot.com, "Send Conversation". */
const TYPE_NUMBERS: Readonly<Record<CampaignType, string>> = { campaign: '1', individual: '2', api: '3' };

/** The path of conversations, by api: to send one, and to read their list. */
export function conversationPath(api: PlazbotApi): string {
  return api === 'classic' ? '/api/message/conversation' : '/api/conversation';
}

/**
 * Makes the builder of request bodies: what is the same for all is encoded once, the variables come from the
 * ledger as JSON text and are put in as they are.
 */
export function messageBuilder(constants: MessageConstants): (delivery: ClaimedDelivery) => string {
  const { workspaceId, template, type, campaignName, api } = constants;
  const head = `{"workspaceId":${JSON.stringify(workspaceId)},"template":${JSON.stringify(template)},"destination":"`;
  const typeField = api === 'classic' ? 'type' : 'sendType';
  const name = campaignName === null ? '' : `,"campaignName":${JSON.stringify(campaignName)}`;
  const tail = `,"${typeField}":"${TYPE_NUMBERS[type]}"${name}`;
  return (delivery) =>
    `${head}${delivery.phone}","variablesBody":${delivery.bodyJson},"variablesHeader":${delivery.headerJson}${tail}${fileField(delivery)}}`;
}

/** `file: {fileUrl, fileName}`, which only the current api knows. */
function fileField(delivery: ClaimedDelivery): string {
  if (delivery.attachmentJson === null) return '';
  const { url, name } = JSON.parse(delivery.attachmentJson) as { url: string; name: string };
  return `,"file":${JSON.stringify({ fileUrl: url, fileName: name })}`;
}
