import { BOUNDS } from '../../core/bounds.js';
import { textOrNull } from '../../core/conversation.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { redacted, redactor } from '../../core/redaction.js';
import type { TemplatesRead, UnreadReason } from '../../core/template.js';
import { detailOf } from '../http/answer.js';
import { readBaseUrl } from '../http/base-url.js';
import { readCredential } from '../http/credentials.js';
import { createReadingClient, type ReadingDeps, type ReadingTarget } from '../http/reading-client.js';
import { plazbotRefusalSchema } from './list-record.js';
import { templateOf, templateRecordsIn } from './template-record.js';

/** Where the templates of a workspace are read. */
export interface PlazbotTemplatesSettings extends Pick<ReadingDeps, 'clock' | 'chance' | 'signal'> {
  readonly baseUrl: string;
  readonly workspaceId: string;
  /** Null or blank: the header is left out. */
  readonly apiKey: string | null;
  /** Further credentials that no answer may repeat. */
  readonly secrets: readonly (string | null)[];
  /** Longest time for all of it; default 4 s. */
  readonly withinMs?: number;
}

/**
 * Reads the templates of a workspace: one request, asked once, within a few seconds. Whatever comes of it is a value: nobody
 * depends on this list, and no page documents it.
 */
export async function readPlazbotTemplates(settings: PlazbotTemplatesSettings): Promise<TemplatesRead> {
  const target = targetOf(settings);
  if (!target.ok) return { kind: 'unread', why: 'credentials', problem: firstOf(target.problems) };
  const withinMs = settings.withinMs ?? BOUNDS.templatesRead.value;
  const late = AbortSignal.timeout(withinMs);
  const signal = settings.signal === undefined ? late : AbortSignal.any([late, settings.signal]);
  const { clock, chance } = settings;
  const patience = { timeoutMs: withinMs, attempts: 1, longestWaitMs: 0 };
  const client = createReadingClient(target.value, { clock, chance, signal, ...patience });
  const query = [['workspaceId', target.value.headers['x-workspace-id'] ?? '']] as const;
  try {
    const read = await client.read({ path: '/api/template/actives', query, page: 1 });
    // Providers repeat what they are sent: what is kept and shown holds no credential.
    if (read.kind === 'body') return judged(redacted(read.value, target.value.redact, 'own'), target.value);
    if (read.kind === 'interrupted') return unread('slow', String(withinMs / 1000), target.value);
    return unread(reasonOf(read.problem), detailIn(read.problem), target.value);
  } finally {
    await client.close();
  }
}

function targetOf({
  baseUrl,
  workspaceId,
  apiKey,
  secrets,
}: PlazbotTemplatesSettings): Result<ReadingTarget> {
  const url = readBaseUrl(baseUrl);
  const workspace = readCredential(workspaceId, 'PLAZBOT_WORKSPACE_ID');
  const key = textOrNull(apiKey) === null ? ok(null) : readCredential(apiKey, 'PLAZBOT_API_KEY');
  if (!url.ok || !workspace.ok || !key.ok) {
    return failed(...[url, workspace, key].flatMap((read) => (read.ok ? [] : read.problems)));
  }
  const authorization = key.value === null ? {} : { authorization: `Bearer ${key.value}` };
  return ok({
    provider: 'plazbot',
    baseUrl: url.value,
    headers: { 'x-workspace-id': workspace.value, ...authorization },
    redact: redactor([key.value, workspace.value, ...secrets]),
    variables: 'PLAZBOT_WORKSPACE_ID, PLAZBOT_API_KEY',
    requestsPerSecond: 5,
  });
}

function judged(body: unknown, target: ReadingTarget): TemplatesRead {
  const refusal = plazbotRefusalSchema.safeParse(body);
  if (refusal.success) {
    const { code } = refusal.data;
    const why = Number(code) === 401 || Number(code) === 403 ? 'credentials' : 'answer';
    return unread(why, detailOf({ kind: 'json', value: refusal.data }, target.redact), target);
  }
  const records = templateRecordsIn(body);
  if (records === null) return unread('answer', 'none', target);
  const templates = records
    .slice(0, BOUNDS.templates.value)
    .map(templateOf)
    .filter((one) => one !== null);
  return { kind: 'read', templates, skipped: records.length - templates.length };
}

const REASONS: Readonly<Partial<Record<Problem['code'], UnreadReason>>> = {
  'list.not-found': 'absent',
  'list.credentials.refused': 'credentials',
  'list.unreachable': 'unreachable',
  'list.server-error': 'withheld',
  'list.throttled': 'withheld',
  'list.throttled-too-long': 'withheld',
  'list.redirect': 'withheld',
};

function reasonOf({ code }: Problem): UnreadReason {
  return REASONS[code] ?? 'answer';
}

/** What was answered, in a word or two. */
function detailIn({ params }: Problem): string {
  const said: object | undefined = params;
  const { status, detail, start } = (said ?? {}) as Readonly<Record<string, unknown>>;
  const told = [typeof status === 'number' ? `HTTP ${status}` : null, detail ?? start];
  const words = told.filter((one) => typeof one === 'string' && one !== 'none' && one !== '');
  return words.length === 0 ? 'none' : words.join(': ');
}

function unread(why: UnreadReason, told: string, { baseUrl }: ReadingTarget): TemplatesRead {
  const params = { host: baseUrl.host, why, detail: told };
  return { kind: 'unread', why, problem: { code: 'templates.unread', params } };
}

function firstOf([problem]: readonly Problem[]): Problem {
  if (problem === undefined) throw new Error('a failure without a problem');
  return problem;
}
