import type { ActionMark } from '../../core/known-ledger.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Problem } from '../../core/problem.js';
import type { App } from '../app.js';
import type { TakenOutPlace } from '../memories.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/** What remembering stands on. */
type RememberingApp = Pick<App, 'environment' | 'memories'>;

/**
 * Remembers outside of the ledger how far it is with who was taken out of workspaces; to be called when that is durable. A
 * ledger that lacks what is remembered changes nothing of it, so that whoever is taken out next hides nobody who is missing.
 * Somebody is taken out although the state folder cannot be written: without it nothing is sent.
 */
export async function rememberTakenOut(
  ledger: Pick<Ledger, 'identity'>,
  workspaces: readonly string[],
  app: RememberingApp,
): Promise<void> {
  for (const workspace of workspaces) {
    const place = await placeOf(ledger, workspace, app);
    if (place === null) continue;
    const known = app.memories.takenOut(place);
    if (known.kind === 'none') await catchUp(ledger, place, null, app);
    else if (known.kind === 'read' && (await ledger.identity.holdsAction(known.value)))
      await catchUp(ledger, place, known.value, app);
  }
}

/** Remembers the ledger as it is: somebody said that it is the one to go on with, whatever it lacks. */
export async function acceptTakenOut(
  ledger: Pick<Ledger, 'identity'>,
  workspace: string,
  app: RememberingApp,
): Promise<void> {
  const place = await placeOf(ledger, workspace, app);
  if (place !== null) await catchUp(ledger, place, null, app);
}

/** Why a campaign is not sent from a ledger of which nothing else is doubted: people may be in it who were taken out. */
export async function takenOutDoubts(
  ledger: Pick<Ledger, 'identity'>,
  { workspace, name }: CampaignKey,
  app: RememberingApp & Pick<App, 'ledgerFile'>,
): Promise<readonly Problem[]> {
  const place = await placeOf(ledger, workspace, app);
  if (place === null) return [];
  const known = app.memories.takenOut(place);
  switch (known.kind) {
    case 'none':
      return [];
    case 'damaged':
      return [{ code: 'ledger.memory-damaged', params: { file: known.file, name, ledger: app.ledgerFile } }];
    case 'unreadable':
      return [{ code: 'state.unreadable', params: { file: known.file, detail: known.detail } }];
    case 'read': {
      if (await ledger.identity.holdsAction(known.value)) return [];
      const params = { file: app.ledgerFile, name, at: known.value.at };
      return [{ code: 'ledger.behind-taken-out', params }];
    }
  }
}

/** null: nothing is remembered, as with the sandbox, from which nobody gets anything. */
async function placeOf(
  { identity }: Pick<Ledger, 'identity'>,
  workspace: string,
  { environment: { stateDir } }: RememberingApp,
): Promise<TakenOutPlace | null> {
  if (stateDir === null || workspace === SANDBOX_WORKSPACE || workspace === '') return null;
  return { stateDir, ledgerId: await identity.id(), workspace };
}

/** Looked at again once it is written: two processes that do it at once must not leave the older one behind. */
async function catchUp(
  { identity }: Pick<Ledger, 'identity'>,
  place: TakenOutPlace,
  known: ActionMark | null,
  { memories }: RememberingApp,
): Promise<void> {
  for (let noted = known; ; ) {
    const last = await identity.lastTakingOut(place.workspace);
    if (last === null || (last.id === noted?.id && last.at === noted.at)) return;
    if (!memories.rememberTakenOut(place, last).ok) return;
    noted = last;
  }
}
