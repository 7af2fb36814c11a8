import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/options.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';

/** A sandbox for one test, without latency, its log in a folder of its own. */
export async function runningSandbox(
  options: Partial<SandboxOptions> = {},
): Promise<Sandbox & { readonly dbFile: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-sandbox-'));
  const dbFile = options.dbFile ?? join(folder, 'sandbox.db');
  const sandbox = await startSandbox({ latencyMs: { min: 0, max: 0 }, ...options, dbFile });
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...sandbox, dbFile };
}

/** A complete classic send to an invented number. */
export const classicBody = {
  workspaceId: 'ws-1',
  template: 'welcome_es',
  destination: '51900000001',
  variablesBody: [{ variable: '1', value: 'Ana' }],
  variablesHeader: [],
  type: '1',
  campaignName: 'Welcome',
};

/** Posts a body as the workspace `ws-1`; `connection: close`, so that no test meets another's socket. */
export function post(
  url: string,
  body: unknown,
  { path = '/api/message/conversation', headers = {}, signal = null }: PostOptions = {},
): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    signal,
    headers: {
      'content-type': 'application/json',
      'x-workspace-id': 'ws-1',
      connection: 'close',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

interface PostOptions {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | null;
}

/** Sends to a number, whatever comes of it. */
export async function sendTo(url: string, destination: string): Promise<Response | null> {
  return post(url, { ...classicBody, destination }).catch(() => null);
}

/** One page of Plazbot's list. */
export interface ListPage {
  readonly data: {
    readonly workspaceId: string;
    readonly newContinuationToken: string | null;
    readonly data: readonly Readonly<Record<string, unknown>>[];
  };
}

/** Reads one page of the list of `ws-1`. */
export async function listPage(url: string, token: string | null = null): Promise<ListPage> {
  const query = new URLSearchParams({
    workspaceId: 'ws-1',
    ...(token === null ? {} : { continuationToken: token }),
  });
  const response = await fetch(`${url}/api/message/conversation?${query}`, {
    headers: { 'x-workspace-id': 'ws-1' },
  });
  return (await response.json()) as ListPage;
}

/** Reads the list page by page to its null token. */
export async function allPages(url: string): Promise<readonly ListPage[]> {
  const pages: ListPage[] = [];
  let token: string | null = null;
  do {
    const page: ListPage = await listPage(url, token);
    pages.push(page);
    token = page.data.newContinuationToken;
  } while (token !== null);
  return pages;
}
