import type { CampaignEdit, CampaignSource, WrittenTree } from '../../core/campaign-edits.js';
import type { ActionKind } from '../../core/ledger/actions.js';
import type { Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type RecordingApp, recordDone } from './record-action.js';

/** What editing stands on. */
export type EditingApp = Pick<App, 'campaignFiles'> & RecordingApp;

/**
 * Changes a campaign file, comments kept, and adds to the log what stood there before and what stands there now. Where nothing
 * is another than before, nothing is added.
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
  const source = await app.campaignFiles.source(path);
  const edited = await app.campaignFiles.edit(path, edits, expected);
  if (!source.ok || !edited.ok || source.value.digest === edited.value.digest) return edited;
  const changed = edits
    .map(({ path: keys }) => ({
      key: keys.join('.'),
      before: toldAt(source.value.written, keys),
      after: toldAt(edited.value.written, keys),
    }))
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  const campaign = nameIn(edited.value.written);
  const before = Object.fromEntries(changed.map((one) => [one.key, one.before]));
  const after = Object.fromEntries(changed.map((one) => [one.key, one.after]));
  await recordDone({ kind, campaign, before, after }, app);
  return edited;
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
