import type { Campaign } from '../../core/campaign.js';
import { type Ledger, LedgerError } from '../../core/ledger/ledger.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { KnownTemplates, TemplateList } from '../../core/template.js';
import { givenVariables, knowledgeOf, mismatches } from '../../core/template-knowledge.js';
import type { App } from '../app.js';
import { readLedger } from '../open-ledger.js';
import { type Target, targetOf } from '../target.js';
import { SANDBOX_WORKSPACE, senderOf } from '../workspace.js';

/** Where nobody asked for the list and no ledger has one. */
export const NO_TEMPLATES: KnownTemplates = { list: null, unread: null };

/** The templates that the ledger keeps of a sender. Nobody is asked. */
export async function storedTemplates(
  ledger: Pick<Ledger, 'templates'> | null,
  { baseUrl, workspace }: Pick<Target, 'baseUrl' | 'workspace'>,
): Promise<KnownTemplates> {
  if (ledger === null) return NO_TEMPLATES;
  return { list: await ledger.templates.last(listName({ baseUrl, workspace })), unread: null };
}

/** Under which name the ledger keeps a sender's list. The sandbox has another address each time. */
export function listName({ baseUrl, workspace }: Pick<Target, 'baseUrl' | 'workspace'>): string {
  return workspace === SANDBOX_WORKSPACE ? workspace : senderOf(baseUrl, workspace);
}

/** Asks the provider for its templates, within a few seconds. Where it does not tell, that is said, and nothing fails. */
export async function askedTemplates(
  target: Target,
  { provider, clock }: Pick<App, 'provider' | 'clock'>,
): Promise<KnownTemplates> {
  const read = await provider.templates(target);
  if (read.kind === 'unread') return { list: null, unread: read.problem };
  return { list: { readAt: clock.now(), templates: read.templates }, unread: null };
}

/** Keeps a list for those who ask nobody. One that cannot be kept is no reason to stop: whoever writes next will tell. */
export async function keepTemplates(
  ledger: Pick<Ledger, 'templates' | 'isHeld'>,
  target: Pick<Target, 'baseUrl' | 'workspace'>,
  list: TemplateList,
): Promise<void> {
  try {
    // Another program writes: to wait for it would hold up a send.
    if (!(await ledger.isHeld(0))) await ledger.templates.keep(listName(target), list);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
}

/** A campaign with what is known of its template. */
export async function withTemplate(
  read: ReadCampaign,
  known: KnownTemplates,
  { recipientFiles, environment }: Pick<App, 'recipientFiles' | 'environment'>,
): Promise<ReadCampaign> {
  const { campaign } = read;
  const named = known.list?.templates.filter(({ name }) => name === campaign.template) ?? [];
  const byColumns = campaign.variables === null && named.length > 1;
  const opened = byColumns ? await recipientFiles.open(read, environment.stateDir) : null;
  const given = givenVariables(campaign, opened?.ok ? opened.value.file.columns : []);
  const template = knowledgeOf(campaign, given, known);
  return { ...read, template, campaign: { ...campaign, text: template.text } };
}

/** Why a campaign cannot be sent with the text that is known: a variable that it lacks, or lacks a value for. */
export function textProblems(
  { campaign, template: knowledge, placeOf }: ReadCampaign,
  columns: readonly string[],
): readonly Problem[] {
  if (campaign.text === null) return [];
  const { template, variables, recipients } = campaign;
  const source = knowledge?.source ?? 'campaign';
  return mismatches(campaign.text, givenVariables(campaign, columns)).map(
    ({ kind, place, variable, meant }) => {
      const key = `${place}.${variable}`;
      const path = kind === 'unknown' ? ['variables', place, variable] : ['variables', place];
      const column = kind === 'unknown' ? { column: key } : {};
      const at = variables === null ? { file: recipients.file, ...column } : placeOf(path);
      return kind === 'unknown'
        ? {
            code: 'campaign.variable-unknown',
            params: { key, template, meant: meant === null ? 'none' : `${place}.${meant}`, source },
            at,
          }
        : { code: 'campaign.variable-missing', params: { key, template, source }, at };
    },
  );
}

/** The provider's templates as they were read last; null: never. Nobody is asked. */
export async function storedList(sandbox: boolean, app: App): Promise<Result<TemplateList | null>> {
  const target = sandbox
    ? ok({ baseUrl: '', workspace: SANDBOX_WORKSPACE })
    : targetOf({ provider: { baseUrl: null } }, app.environment);
  return target.ok ? listOf(target.value, app) : target;
}

/** The same for the sender of a campaign; null, too, where nobody knows who that is. */
export async function storedListFor(
  campaign: Pick<Campaign, 'provider'>,
  app: App,
): Promise<Result<TemplateList | null>> {
  const target = targetOf(campaign, app.environment);
  return target.ok ? listOf(target.value, app) : ok(null);
}

function listOf(
  target: Pick<Target, 'baseUrl' | 'workspace'>,
  app: App,
): Promise<Result<TemplateList | null>> {
  return readLedger(app, null, async (ledger) => ok((await storedTemplates(ledger, target)).list));
}
