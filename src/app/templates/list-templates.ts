import { ok, type Result } from '../../core/problem.js';
import type { TemplateList, TemplatesRead } from '../../core/template.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { namedTarget, openSandboxTarget, type Target } from '../target.js';
import { listName } from './known-templates.js';

/** Whose templates: the sandbox's, or those that the options name in place of the environment. */
export interface TemplatesRequest {
  readonly sandbox: boolean;
  readonly workspaceId: string | null;
  readonly baseUrl: string | null;
}

/** What came, and from where. */
export interface AskedTemplates {
  readonly target: Pick<Target, 'baseUrl' | 'workspace'>;
  readonly read: TemplatesRead;
  /** Epoch milliseconds. */
  readonly readAt: number;
}

/** Asks the provider for its templates; what it tells is kept in the ledger. */
export async function listTemplates(request: TemplatesRequest, app: App): Promise<Result<AskedTemplates>> {
  const sandbox = request.sandbox ? await openSandboxTarget(app) : ok(null);
  if (!sandbox.ok) return sandbox;
  try {
    const target = sandbox.value === null ? await namedTarget(request, app) : ok(sandbox.value.target);
    if (!target.ok) return target;
    const read = await app.provider.templates(target.value);
    const readAt = app.clock.now();
    if (read.kind === 'read') {
      const list: TemplateList = { readAt, templates: read.templates };
      const kept = await withLedger(app, 'create', async ({ templates }) =>
        ok(await templates.keep(listName(target.value), list)),
      );
      if (!kept.ok) return kept;
    }
    return ok({ target: target.value, read, readAt });
  } finally {
    await sandbox.value?.close();
  }
}
