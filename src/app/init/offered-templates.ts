import { ok } from '../../core/problem.js';
import type { ListedTemplate } from '../../core/template.js';
import { isApproved } from '../../core/template-knowledge.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { namedTarget } from '../target.js';
import { askedTemplates, keepTemplates } from '../templates/known-templates.js';

/**
 * The provider's templates that a new campaign may use; none where there are no credentials yet, or the list cannot be read
 * within a few seconds. A ledger that is there keeps the list, and none is made for it.
 */
export async function offeredTemplates(app: App): Promise<readonly ListedTemplate[]> {
  if (app.environment.workspaceId === null) return [];
  const target = await namedTarget({ baseUrl: null, workspaceId: null }, app);
  if (!target.ok) return [];
  const { list } = await askedTemplates(target.value, app);
  if (list === null) return [];
  if (await hasLedger(app))
    await withLedger(app, 'existing', async (ledger) => ok(await keepTemplates(ledger, target.value, list)));
  return list.templates.filter(isApproved);
}
