import type { Clock } from '../../core/clock.js';
import type { ProviderLook } from '../../core/conversation.js';
import { redactor } from '../../core/redaction.js';
import { readBaseUrl } from '../http/base-url.js';
import { createReadingClient } from '../http/reading-client.js';
import { listPlazbot } from './list.js';

/** What a look at Plazbot needs. */
export interface LookSettings {
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly apiKey: string | null;
  /** Further credentials that no answer may repeat. */
  readonly secrets: readonly (string | null)[];
  readonly clock: Clock;
  readonly chance: () => number;
}

const TIMEOUT_MS = 10_000;
const ATTEMPTS = 2;
/** Somebody sits before the screen. */
const LONGEST_WAIT_MS = 3_000;

/** Reads the first page of the list, which needs address, workspace and key to be right. Nothing is sent. */
export async function lookAtPlazbot(settings: LookSettings): Promise<ProviderLook> {
  const patience = { timeoutMs: TIMEOUT_MS, attempts: ATTEMPTS, longestWaitMs: LONGEST_WAIT_MS };
  const pages = listPlazbot({ ...settings, ...patience, api: 'classic' });
  if (!pages.ok) return { kind: 'unusable', problems: pages.problems };
  for await (const event of pages.value) {
    if (event.kind === 'page') {
      const { clockOffsetMs } = event.page;
      return { kind: 'reached', name: await workspaceName(settings), clockOffsetMs };
    }
    if (event.kind === 'end' && event.end.kind === 'failed') return { kind: 'failed', end: event.end };
  }
  return { kind: 'failed', end: null };
}

/** The workspace's name, where the API tells; null where it does not, which means nothing. */
async function workspaceName(settings: LookSettings): Promise<string | null> {
  const { workspaceId, apiKey, secrets } = settings;
  const baseUrl = readBaseUrl(settings.baseUrl);
  if (!baseUrl.ok) return null;
  const authorization = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  const client = createReadingClient(
    {
      provider: 'plazbot',
      baseUrl: baseUrl.value,
      headers: { 'x-workspace-id': workspaceId, ...authorization },
      redact: redactor([workspaceId, apiKey, ...secrets]),
      variables: '',
      requestsPerSecond: 5,
    },
    { ...settings, timeoutMs: TIMEOUT_MS, attempts: 1, longestWaitMs: LONGEST_WAIT_MS },
  );
  try {
    const path = `/api/workspace/${encodeURIComponent(workspaceId)}`;
    const read = await client.read({ path, query: [], page: 1 });
    return read.kind === 'body' ? nameIn(read.value) : null;
  } finally {
    await client.close();
  }
}

function nameIn(body: unknown): string | null {
  const data = fieldOf(body, 'data') ?? body;
  const name = fieldOf(data, 'name') ?? fieldOf(data, 'workspaceName');
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : null;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
