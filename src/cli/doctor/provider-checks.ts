import type { Target } from '../../app/target.js';
import { type ConversationPage, listExitCode } from '../../core/conversation.js';
import { type Redact, redactor } from '../../core/redaction.js';
import { readBaseUrl } from '../../providers/http/base-url.js';
import { createReadingClient } from '../../providers/http/reading-client.js';
import { listPlazbot } from '../../providers/plazbot/list.js';
import { systemClock } from '../clock.js';
import { problemWithoutSecrets } from '../conversations/without-secrets.js';
import { EXIT } from '../exit-codes.js';
import { type Finding, failure, failures, fine, warning } from './finding.js';

/** What looking at the provider told. */
export interface ProviderFindings {
  readonly findings: readonly Finding[];
  /** Whether it could not be reached, or refused the credentials. */
  readonly shut: boolean;
}

const TIMEOUT_MS = 10_000;
const ATTEMPTS = 2;
/** Somebody sits before the screen. */
const LONGEST_WAIT_MS = 3_000;

/** Reads the first page of the list, which needs address, workspace and key to be right. Nothing is sent. */
export async function providerFindings(target: Target): Promise<ProviderFindings> {
  const patience = { timeoutMs: TIMEOUT_MS, attempts: ATTEMPTS, longestWaitMs: LONGEST_WAIT_MS };
  const deps = { clock: systemClock, chance: Math.random, ...patience };
  const { baseUrl, workspaceId, apiKey } = target;
  const pages = listPlazbot({ ...deps, baseUrl, workspaceId, apiKey, api: 'classic' });
  if (!pages.ok) return { findings: failures(pages.problems), shut: false };
  for await (const event of pages.value) {
    if (event.kind === 'page') return { findings: await reached(target, event.page), shut: false };
    if (event.kind === 'end' && event.end.kind === 'failed') {
      const problem = problemWithoutSecrets(event.end.problem, redactorOf(target));
      return { findings: failures([problem]), shut: listExitCode(event.end) === EXIT.unreachable };
    }
  }
  return { findings: [failure('doctor.list.nothing', { url: baseUrl })], shut: true };
}

async function reached(target: Target, page: ConversationPage): Promise<readonly Finding[]> {
  const name = await workspaceName(target);
  const { host } = new URL(target.baseUrl);
  return [
    fine('doctor.list', { host }),
    ...(name === null ? [] : [fine('doctor.workspace-name', { name })]),
    clockFinding(page.clockOffsetMs),
  ];
}

const MUCH_SKEW_MS = 120_000;
const SOME_SKEW_MS = 10_000;

/** This machine's clock against the provider's: schedules and `reconcile` depend on it. */
function clockFinding(offsetMs: number | null): Finding {
  if (offsetMs === null) return warning('doctor.clock.unknown');
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  if (Math.abs(offsetMs) < SOME_SKEW_MS) return fine('doctor.clock');
  const code = offsetMs > 0 ? 'doctor.clock.behind' : 'doctor.clock.ahead';
  return Math.abs(offsetMs) < MUCH_SKEW_MS ? warning(code, { seconds }) : failure(code, { seconds });
}

/** The workspace's name, where the API tells; null where it does not, which means nothing. */
async function workspaceName(target: Target): Promise<string | null> {
  const baseUrl = readBaseUrl(target.baseUrl);
  if (!baseUrl.ok) return null;
  const { workspaceId, apiKey } = target;
  const authorization = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  const client = createReadingClient(
    {
      provider: 'plazbot',
      baseUrl: baseUrl.value,
      headers: { 'x-workspace-id': workspaceId, ...authorization },
      redact: redactorOf(target),
      variables: '',
      requestsPerSecond: 5,
    },
    {
      clock: systemClock,
      chance: Math.random,
      timeoutMs: TIMEOUT_MS,
      attempts: 1,
      longestWaitMs: LONGEST_WAIT_MS,
    },
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

function redactorOf({ workspaceId, apiKey, secrets }: Target): Redact {
  return redactor([workspaceId, apiKey, ...secrets]);
}
