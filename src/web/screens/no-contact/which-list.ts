import { knownLists, whoseList } from '../../../app/suppress/whose-list.js';
import { SANDBOX_WORKSPACE } from '../../../app/workspace.js';
import { ok, type Result } from '../../../core/problem.js';
import type { Visit } from '../../visit.js';

/** Address of the list, and of what belongs to it. */
export const NO_CONTACT = '/workspace/no-contact';

/** How many entries stand on one page. */
export const PAGE_ROWS = 50;

/** The do-not-contact list that a page is about. */
export interface WhichList {
  /** Name of its workspace in the ledger. */
  readonly workspace: string;
  readonly sandbox: boolean;
  /** What names it in addresses and forms; '': the account's own. */
  readonly asked: string;
}

/** The list that an address or a form names: `sandbox`, a fingerprint that the ledger knows, or, with nothing, the account's own. */
export async function whichList(visit: Visit, asked: string): Promise<Result<WhichList>> {
  const sandbox = asked === SANDBOX_WORKSPACE;
  // An id is a credential and never stands in an address: only fingerprints are looked up.
  const named = asked.startsWith('ws-') ? asked : '';
  const workspace = await whoseList(sandbox, named, visit.app);
  return workspace.ok
    ? ok({ workspace: workspace.value, sandbox, asked: sandbox ? asked : named })
    : workspace;
}

/** The other lists of this ledger. */
export async function otherLists(visit: Visit, list: WhichList): Promise<Result<readonly string[]>> {
  const known = await knownLists(visit.app);
  return known.ok ? ok(known.value.filter((workspace) => workspace !== list.workspace)) : known;
}

/** Address of a page about a list. */
export function listPath(
  { asked }: Pick<WhichList, 'asked'>,
  page = '',
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...(asked === '' ? {} : { list: asked }), ...more }).toString();
  return `${NO_CONTACT}${page}${query === '' ? '' : `?${query}`}`;
}
