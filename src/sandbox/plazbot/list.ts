import { chance } from '../chance.js';
import { type Handler, type Incoming, logged, type SandboxContext } from '../context.js';
import { answerList } from '../list-faults.js';
import type { ListedExecution } from '../log/records.js';
import type { SandboxSettings } from '../options.js';
import { json, type SandboxReply, whole } from '../reply.js';
import { refusedAccess, workspaceOf } from './access.js';
import { problemReply } from './answers.js';

/** Where the next page begins. `page` counts them; `empty`: the page before held nothing. */
interface Place {
  readonly offset: number;
  readonly page: number;
  readonly empty: boolean;
}

/** `GET /api/message/conversation` and `GET /api/conversation`: every send of the workspace, page by page. */
export const listConversations: Handler = async (context, incoming) => {
  const denied = refusedAccess(context, incoming) ?? refusedQuery(incoming);
  if (denied !== null) return logged(context, incoming, whole(denied));
  const place = placeOf(incoming.query.get('continuationToken'));
  if (place === null) {
    return logged(context, incoming, whole(problemReply(400, 'continuationToken cannot be read.')));
  }
  return answerList(context, incoming, () => pageAt(context, workspaceOf(incoming), place));
};

function refusedQuery(incoming: Incoming): SandboxReply | null {
  if (incoming.query.get('workspaceId') === workspaceOf(incoming)) return null;
  return problemReply(400, 'workspaceId is required and must equal the header x-workspace-id.');
}

function pageAt({ settings, log, now }: SandboxContext, workspace: string, place: Place): SandboxReply {
  const size = pageSize(settings, place);
  // One record more than the page holds tells whether the list goes on.
  const query = {
    workspace,
    now: now(),
    newestFirst: settings.listOrder === 'newest-first',
    offset: place.offset,
  };
  const records = log.listed({ ...query, limit: size + 1 });
  const more = records.length > size;
  const next = { offset: place.offset + size, page: place.page + 1, empty: size === 0 };
  const data = {
    workspaceId: workspace,
    [settings.listTokenField]: more
      ? tokenOf(settings.listRepeatsToken && place.page > 0 ? place : next)
      : null,
    data: records.slice(0, size).map((record) => listRecord(record, settings)),
  };
  return json(200, {
    success: true,
    code: 200,
    errorCode: null,
    message: 'List obtained successfully.',
    data,
  });
}

function pageSize(
  { seed, listPageSize, listEmptyPages, listShortPages }: SandboxSettings,
  place: Place,
): number {
  // Never two empty pages in a row: with every page empty no list would end.
  if (!place.empty && chance(seed, 'empty page', place.page) < listEmptyPages) return 0;
  if (chance(seed, 'short page', place.page) >= listShortPages) return listPageSize;
  return 1 + Math.floor(chance(seed, 'page size', place.page) * (listPageSize - 1));
}

/** Opaque to clients, and full of characters that must be encoded in a URL. */
function tokenOf(place: Place): string {
  return `+${Buffer.from(JSON.stringify(place)).toString('base64')}/=`;
}

function placeOf(token: string | null): Place | null {
  if (token === null || token === '') return { offset: 0, page: 0, empty: false };
  if (!token.startsWith('+') || !token.endsWith('/=')) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(token.slice(1, -2), 'base64').toString());
    return isPlace(place) ? place : null;
  } catch {
    return null;
  }
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  return 'offset' in value && Number.isSafeInteger(value.offset) && 'page' in value && 'empty' in value;
}

const BUSINESS_NUMBER = '51999999999';

function listRecord(record: ListedExecution, settings: SandboxSettings) {
  const numberIn = (field: SandboxSettings['listNumberField']) =>
    settings.listNumberField === field ? record.destination : BUSINESS_NUMBER;
  return {
    id: `conv-${String(record.id).padStart(10, '0')}`,
    contactId: record.contactId,
    workspaceId: record.workspace,
    internalWhatsappNumber: numberIn('internalWhatsappNumber'),
    platformSenderId: 'sandbox-sender',
    platformSenderName: 'Sandbox',
    platformSenderPhone: numberIn('platformSenderPhone'),
    workspaceName: 'Sandbox',
    templateCode: record.template,
    templateType: 'MARKETING',
    type: Number(record.type),
    campaignName: record.campaignName,
    agentSenderId: null,
    requestBody: record.requestBody,
    responseBody: record.failed
      ? '{"error":{"message":"(#131026) Message undeliverable","code":131026}}'
      : '{"messaging_product":"whatsapp"}',
    responseStatus: record.failed ? 'failed' : 'success',
    // Seven fractional digits, as documented.
    creationDate: new Date(record.at).toISOString().replace('Z', '0000Z'),
  };
}
