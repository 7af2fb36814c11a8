import { ok, type Result } from '../../core/problem.js';
import type { TemplateList } from '../../core/template.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { targetOf } from '../target.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';
import { storedTemplates } from './known-templates.js';

/** The provider's templates as they were read last; null: never. Nobody is asked. */
export async function storedList(sandbox: boolean, app: App): Promise<Result<TemplateList | null>> {
  const target = sandbox
    ? ok({ baseUrl: '', workspace: SANDBOX_WORKSPACE })
    : targetOf({ provider: { baseUrl: null } }, app.environment);
  if (!target.ok) return target;
  if (!hasLedger(app)) return ok(null);
  return withLedger(app, 'read', async (ledger) => ok((await storedTemplates(ledger, target.value)).list));
}
