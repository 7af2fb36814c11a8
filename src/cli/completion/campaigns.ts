import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
// The shells that complete write paths so on Windows, too.
import { dirname, join } from 'node:path/posix';
import { isDatabaseAddress } from '../../core/ledger/database-address.js';
import type { Ledgers } from '../../core/ledger/ledger.js';
import { COMMANDS, loadCommands } from '../commands/index.js';
import { GLOBAL_OPTIONS } from '../commands/shared-options.js';
import type { Host } from '../host.js';
import { ledgerPlace } from '../ledger-place.js';
import { nameOf, takesNextWord } from '../wrong-words.js';

/** What a completion looks into. */
interface LookedInto {
  readonly host: Pick<Host, 'env' | 'cwd'>;
  readonly ledgers: () => Promise<Ledgers>;
}

/** Commands that read the campaign's own file, and so take no name from the ledger. */
const FILES_ONLY = new Set(['check', 'send', 'init']);

/**
 * Campaigns that fit behind what was typed so far: folders with a campaign file, and names that the ledger knows. Only
 * words that need no quotes.
 *
 * @param typed every word before the one to complete, the program's name first
 * @param current the word to complete
 * @param deps whose folder and ledger are looked into
 */
export async function completableCampaigns(
  typed: readonly string[],
  current: string,
  deps: LookedInto,
): Promise<readonly string[]> {
  const entry = COMMANDS.find((candidate) => typed.includes(nameOf(candidate)));
  const [spec] = await loadCommands(entry === undefined ? [] : [entry]);
  if (takesNextWord(typed.at(-1) ?? '', { ...spec?.options, ...GLOBAL_OPTIONS })) return [];
  if (spec?.positionals?.['campaign'] === undefined || current.startsWith('-')) return [];
  const names = FILES_ONLY.has(nameOf(spec)) ? [] : await campaignNames(deps);
  return [...campaignFolders(current, deps.host.cwd), ...names].filter(
    (word) => word.startsWith(current) && MEANS_ITSELF.test(word),
  );
}

/**
 * Words that mean themselves in every shell. A shell puts a completed word on the line as it comes, and Enter runs it:
 * a folder named `x$(…)` is left to the shell's own completion, which quotes it.
 */
const MEANS_ITSELF = /^[\p{L}\p{M}\p{N}_./][\p{L}\p{M}\p{N}_./+,@-]*$/u;

/** Folders beside, or in folders beside, what was typed: `c` finds `campaigns/welcome`. */
function campaignFolders(current: string, cwd: string): readonly string[] {
  const base = current.endsWith('/') ? current.slice(0, -1) : dirname(current);
  const near = foldersIn(base, cwd);
  return [...near, ...near.flatMap((folder) => foldersIn(folder, cwd))].filter((folder) =>
    existsSync(resolve(cwd, folder, 'campaign.yaml')),
  );
}

function foldersIn(folder: string, cwd: string): readonly string[] {
  try {
    return readdirSync(resolve(cwd, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map(({ name }) => (folder === '.' ? name : join(folder, name)));
  } catch {
    return [];
  }
}

/** Names of the ledger in its usual place; a completion never complains. */
async function campaignNames({ host, ledgers }: LookedInto): Promise<readonly string[]> {
  const named = host.env['PLAZCAST_LEDGER'] || null;
  // A server far away may let the shell wait.
  if (named !== null && isDatabaseAddress(named)) return [];
  const { file } = ledgerPlace(named, host.cwd);
  if (!existsSync(file)) return [];
  const opened = await (await ledgers()).open(file, 'read');
  if (!opened.ok) return [];
  const { campaigns } = opened.value;
  try {
    return [...new Set((await campaigns.list(null)).map(({ name }) => name))];
  } finally {
    await opened.value.close();
  }
}
