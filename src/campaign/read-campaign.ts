import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BOUNDS } from '../core/bounds.js';
import type { FileTemplate, VariableMapping } from '../core/campaign.js';
import { failed, firstProblems, ok, type Problem, type Result, systemCode } from '../core/problem.js';
import type { ReadCampaign, RowRenderer } from '../core/recipient.js';
import { readOrdinary, unfitProblem } from '../files/ordinary-file.js';
import { combinationProblems, valueAt } from './combinations.js';
import { controlOf, type ReadControlPhone } from './control-phone.js';
import { problemsOf } from './issues.js';
import { missingFiles } from './missing-files.js';
import { campaignOf, variablesOf } from './normalise.js';
import { scheduleProblems } from './schedule-problems.js';
import { type CampaignFile, campaignFileSchema } from './schema.js';
import { endlessYaml, type Plain, type YamlSource, yamlSource } from './yaml-source.js';

const CAMPAIGN_FILE = 'campaign.yaml';
/** Where samples and the page keep campaigns. */
const CAMPAIGNS_FOLDER = 'campaigns';

/**
 * Reads a campaign from a folder with `campaign.yaml`, or from a YAML file. On failure every problem of the file is
 * told at once, in the order of the file, with line and column, together with files that it names and that are not there.
 *
 * @param readPhone reads the phone that a campaign may name; without it, none can be used
 */
export async function readCampaign(
  path: string,
  readPhone: ReadControlPhone = NO_PHONES,
): Promise<Result<ReadCampaign>> {
  const found = await campaignText(resolve(path));
  return found.ok ? understood(found.value, readPhone, missingFiles) : found;
}

/** Reads a campaign from the text of its file, which need not be the one on the disk. */
export function parseCampaign(
  text: string,
  file: string,
  readPhone: ReadControlPhone = NO_PHONES,
): Promise<Result<ReadCampaign>> {
  return understood({ text, file }, readPhone, () => Promise.resolve([]));
}

/** @param missing looks for more that is wrong in a file that cannot be used */
async function understood(
  { text, file }: Pick<CampaignText, 'text' | 'file'>,
  readPhone: ReadControlPhone,
  missing: typeof missingFiles,
): Promise<Result<ReadCampaign>> {
  if (text.trim() === '') return failed({ code: 'campaign.empty', at: { file } });
  const endless = endlessYaml(text);
  if (endless !== null) return failed({ code: endless, params: { most: MOST[endless] }, at: { file } });
  const source = yamlSource(text, file);
  if (!source.usable) return { ok: false, problems: firstProblems(source.problems) };
  const root = expanded(source.root);
  const parsed = campaignFileSchema.safeParse(root);
  const variables = variablesOf(root, source);
  const wrong = parsed.success ? NO_PROBLEMS : problemsOf(parsed.error.issues, source);
  const sound = parsed.success ? parsed.data : soundParts(root);
  const liquid = await liquidOf(variables, attachmentOf(root), sound?.recipients.country ?? null, source);
  const control = await controlOf(root, sound?.recipients ?? null, readPhone, source);
  const problems = [
    ...source.problems,
    ...wrong.problems,
    ...combinationProblems(root, source),
    ...(sound === null ? [] : scheduleProblems(sound, source)),
    ...(liquid.ok ? [] : liquid.problems),
    ...(control.ok ? [] : control.problems),
  ];
  if (problems.length > 0 || !parsed.success || !liquid.ok || !control.ok) {
    const all = [...problems, ...(await missing(root, file, source))];
    return { ok: false, problems: firstProblems(inFileOrder(all), wrong.more) };
  }
  const origin = { file, folder: dirname(file), variables, control: control.value };
  const campaign = campaignOf(parsed.data, origin);
  return { ok: true, value: { campaign, renderer: liquid.value, placeOf: source.placeOfKey } };
}

/** What stands together, read although something else is wrong, so that all is told in the same go. Null: no recipients. */
function soundParts(root: Plain): Pick<CampaignFile, 'recipients' | 'schedule'> | null {
  const { recipients, schedule } = campaignFileSchema.shape;
  const { data } = recipients.safeParse(valueAt(root, ['recipients']));
  if (data === undefined) return null;
  return { recipients: data, schedule: schedule.safeParse(valueAt(root, ['schedule'])).data };
}

const MOST = {
  'campaign.too-much': BOUNDS.campaignTokens.value,
  'campaign.too-deep': BOUNDS.campaignDepth.value,
} as const;
const NO_PROBLEMS = { problems: [], more: 0 } as const;
const NO_PHONES: ReadControlPhone = () => Promise.resolve(null);

/** A campaign file before it is understood. */
interface CampaignText {
  readonly file: string;
  readonly text: string;
  readonly bytes: Buffer;
}

/** The text of a campaign's file: that of a folder, or the one named. */
export async function campaignText(path: string): Promise<Result<CampaignText>> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    const file = isFolder ? join(path, CAMPAIGN_FILE) : path;
    if (isFolder && !(await exists(file))) {
      return failed({ code: 'campaign.folder-without-file', params: { folder: path }, at: { file } });
    }
    const bytes = await readOrdinary(file, BOUNDS.campaignFile);
    const at = { file };
    const text = decoded(bytes);
    return text === null ? failed({ code: 'campaign.not-utf8', at }) : ok({ file, text, bytes });
  } catch (error) {
    const detail = systemCode(error) ?? '';
    const unfit = unfitProblem(error, BOUNDS.campaignFile);
    if (unfit?.code === 'file.too-large')
      return failed({ code: 'campaign.too-large', at: unfit.at ?? { file: path } });
    if (unfit !== null) return failed(unfit);
    const at = { file: path };
    return detail === 'ENOENT' || detail === 'ENOTDIR'
      ? failed({ code: 'campaign.not-found', params: { path, meant: await meantBy(path) }, at })
      : failed({ code: 'campaign.unreadable', params: { path, detail }, at });
  }
}

/** The folder of a campaign that was called by its name alone: it stands one folder deeper. */
async function meantBy(path: string): Promise<string> {
  const folder = join(dirname(path), CAMPAIGNS_FOLDER, basename(path));
  return (await exists(join(folder, CAMPAIGN_FILE))) ? folder : 'none';
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Editors on Windows write UTF-16 with a byte order mark; everything else must be UTF-8. */
function decoded(bytes: Buffer): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** `recipients: file.csv` is short for `recipients: { file: file.csv }`. */
function expanded(root: Plain): Plain {
  if (!isSection(root) || typeof root['recipients'] !== 'string') return root;
  return { ...root, recipients: { file: root['recipients'] } };
}

function isSection(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && !Array.isArray(value);
}

function attachmentOf(root: Plain): FileTemplate | null {
  const file = isSection(root) ? root['file'] : undefined;
  if (!isSection(file)) return null;
  const { url, name } = file;
  return typeof url === 'string' && typeof name === 'string' ? { url, name } : null;
}

/** The Liquid engine is loaded only for a campaign that has templates. */
async function liquidOf(
  variables: VariableMapping | null,
  attachment: FileTemplate | null,
  country: string | null,
  source: YamlSource,
): Promise<Result<RowRenderer | null>> {
  if (variables === null && attachment === null) return { ok: true, value: null };
  const { liquidEngine } = await import('./liquid-engine.js');
  const { dateHabits } = await import('./liquid-dates.js');
  const { parsedTemplates } = await import('./templates.js');
  const { rowRenderer } = await import('./renderer.js');
  const engine = liquidEngine(dateHabits(country));
  const templates = parsedTemplates(engine, variables, attachment, source);
  return templates.ok ? { ok: true, value: rowRenderer(engine, templates.value) } : templates;
}

function inFileOrder(problems: readonly Problem[]): readonly Problem[] {
  const column = ({ at }: Problem) => (typeof at?.column === 'number' ? at.column : 0);
  return problems.toSorted(
    (one, other) => (one.at?.line ?? 0) - (other.at?.line ?? 0) || column(one) - column(other),
  );
}
