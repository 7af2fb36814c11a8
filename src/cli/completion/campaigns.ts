import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMMANDS, loadCommands } from '../commands/index.js';
import { GLOBAL_OPTIONS } from '../commands/shared-options.js';
import { ledgerPlace } from '../ledger-place.js';
import { nameOf, takesNextWord } from '../wrong-words.js';

/** Commands that read the campaign's own file, and so take no name from the ledger. */
const FILES_ONLY = new Set(['check', 'send', 'init']);

/**
 * Campaigns that fit behind what was typed so far: folders with a campaign file, and names that the ledger knows. Only
 * words that need no quotes.
 *
 * @param typed every word before the one to complete, the program's name first
 * @param current the word to complete
 */
export async function completableCampaigns(
  typed: readonly string[],
  current: string,
): Promise<readonly string[]> {
  const entry = COMMANDS.find((candidate) => typed.includes(nameOf(candidate)));
  const [spec] = await loadCommands(entry === undefined ? [] : [entry]);
  if (takesNextWord(typed.at(-1) ?? '', { ...spec?.options, ...GLOBAL_OPTIONS })) return [];
  if (spec?.positionals?.['campaign'] === undefined || current.startsWith('-')) return [];
  const names = FILES_ONLY.has(nameOf(spec)) ? [] : await campaignNames();
  return [...campaignFolders(current), ...names].filter(
    (word) => word.startsWith(current) && MEANS_ITSELF.test(word),
  );
}

/**
 * Words that mean themselves in every shell. A shell puts a completed word on the line as it comes, and Enter runs it:
 * a folder named `x$(…)` is left to the shell's own completion, which quotes it.
 */
const MEANS_ITSELF = /^[\p{L}\p{M}\p{N}_./][\p{L}\p{M}\p{N}_./+,@-]*$/u;

/** Folders beside, or in folders beside, what was typed: `c` finds `campaigns/welcome`. */
function campaignFolders(current: string): readonly string[] {
  const base = current.endsWith('/') ? current.slice(0, -1) : dirname(current);
  const near = foldersIn(base);
  return [...near, ...near.flatMap(foldersIn)].filter((folder) => existsSync(join(folder, 'campaign.yaml')));
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map(({ name }) => (folder === '.' ? name : join(folder, name)));
  } catch {
    return [];
  }
}

/** Names of the ledger in its usual place; a completion never complains. */
async function campaignNames(): Promise<readonly string[]> {
  const { file } = ledgerPlace(process.env['PLAZCAST_LEDGER'] || null, process.cwd());
  if (!existsSync(file)) return [];
  const [{ openLedger }, { listCampaigns }] = await Promise.all([
    import('../../ledger/open-ledger.js'),
    import('../../ledger/campaign-records.js'),
  ]);
  const opened = openLedger(file, { mode: 'read' });
  if (!opened.ok) return [];
  try {
    return [...new Set(listCampaigns(opened.value, null).map(({ name }) => name))];
  } finally {
    opened.value.close();
  }
}
