import type { CampaignEdit, CampaignSource, WrittenTree } from '../../core/campaign-edits.js';
import type { ActionKind } from '../../core/ledger/actions.js';
import type { Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type RecordingApp, recordFirst } from './record-action.js';

/** What editing stands on. */
export type EditingApp = Pick<App, 'campaignFiles'> & RecordingApp;

/**
 * Changes a campaign file, comments kept. What stands there and what will is in the log before the file changes: an edit that
 * cannot be logged is not made.
 *
 * @param expected digest of the file that was shown
 */
export async function editCampaign(
  path: string,
  edits: readonly CampaignEdit[],
  expected: string,
  app: EditingApp,
  kind: Extract<ActionKind, 'campaign-edited' | 'list-uploaded'> = 'campaign-edited',
): Promise<Result<CampaignSource>> {
  return app.campaignFiles.edit(path, edits, expected, (source, edited) => {
    const changed = edits
      .map(({ path: keys }) => ({
        key: keys.join('.'),
        before: toldAt(source, keys),
        after: toldAt(edited, keys),
      }))
      .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
    const before = Object.fromEntries(changed.map((one) => [one.key, one.before]));
    const after = Object.fromEntries(changed.map((one) => [one.key, one.after]));
    return recordFirst({ kind, campaign: nameIn(edited), before, after }, app);
  });
}

function nameIn(written: WrittenTree): string {
  const name = toldAt(written, ['name']);
  return typeof name === 'string' ? name : '';
}

/** Addresses of these may hold a credential: that one was changed is said, and not to what. */
const ADDRESSES = new Set(['notify', 'file']);

/** What stands at a place of the file; null: nothing. */
function toldAt(written: WrittenTree, keys: readonly string[]): unknown {
  let at: WrittenTree | undefined = written;
  for (const key of keys) {
    at = typeof at === 'object' && !Array.isArray(at) ? (at as Record<string, WrittenTree>)[key] : undefined;
    if (at === undefined) return null;
  }
  return ADDRESSES.has(keys[0] ?? '') ? '•••' : at;
}
