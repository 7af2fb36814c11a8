import { type Answer, page } from '../../http/answer.js';
import { layout } from '../../views/layout.js';
import { deed, look, type Visit } from '../../visit.js';
import type { Screen } from '../screen.js';
import { addressBody, workspaceBody } from './view.js';

/** What belongs to no campaign: connection, files, settings. */
export const workspace: Screen = {
  routes: [look('/workspace', firstPage), deed('/workspace/address', 'administer', address)],
};

async function firstPage(visit: Visit): Promise<Answer> {
  const title = visit.translate('web.workspace.title');
  return page(layout(visit, { title, place: 'workspace', body: workspaceBody(visit) }));
}

/** A second browser is let in by the first. */
async function address(visit: Visit): Promise<Answer> {
  const title = visit.translate('web.workspace.address');
  const body = addressBody(visit, visit.newAddress());
  return page(layout(visit, { title, place: 'workspace', body }));
}
