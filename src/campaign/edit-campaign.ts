import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { BeforeEdit, CampaignEdit, CampaignSource, WrittenTree } from '../core/campaign-edits.js';
import { failed, ok, problemAt, type Result } from '../core/problem.js';
import { beginFile } from '../files/atomic-file.js';
import { inTurn } from '../files/in-turn.js';
import { UnwritableFile } from '../files/unwritable-file.js';
import type { ReadControlPhone } from './control-phone.js';
import { editedYaml } from './edit-yaml.js';
import { campaignText, parseCampaign } from './read-campaign.js';
import { endlessYaml, yamlSource } from './yaml-source.js';

/** A campaign file as an editor has it: what was typed, what it means or what is wrong, and the digest that an edit names. */
export async function campaignSource(
  path: string,
  readPhone: ReadControlPhone,
): Promise<Result<CampaignSource>> {
  const found = await campaignText(resolve(path));
  if (!found.ok) return found;
  const { file, text, bytes } = found.value;
  const read = await parseCampaign(text, file, readPhone);
  return ok({ file, digest: digestOf(bytes), written: writtenIn(text, file), read });
}

function writtenIn(text: string, file: string): WrittenTree {
  const source = endlessYaml(text) === null ? yamlSource(text, file) : null;
  return source?.usable === true ? source.root : {};
}

/**
 * Changes values of a campaign file, comments kept. What comes out is read as every campaign is, and written only when
 * nothing is wrong with it; the old file or the new one is there, never a part.
 *
 * @param expected digest of what was edited: a file that somebody saved since is left alone
 * @param first done before the file gets another text; what fails there leaves it as it is
 */
export async function editCampaign(
  path: string,
  edits: readonly CampaignEdit[],
  expected: string,
  readPhone: ReadControlPhone,
  first: BeforeEdit = async () => ok(null),
): Promise<Result<CampaignSource>> {
  const found = await campaignText(resolve(path));
  if (!found.ok) return found;
  return inTurn(found.value.file, () => editInTurn(path, edits, expected, readPhone, first));
}

async function editInTurn(
  path: string,
  edits: readonly CampaignEdit[],
  expected: string,
  readPhone: ReadControlPhone,
  first: BeforeEdit,
): Promise<Result<CampaignSource>> {
  const found = await campaignText(resolve(path));
  if (!found.ok) return found;
  const { file, text, bytes } = found.value;
  if (digestOf(bytes) !== expected) return failed({ code: 'campaign.edited-meanwhile', at: { file } });
  const edited = editedYaml(text, edits);
  if (!edited.ok) return failed(...edited.problems.map((problem) => problemAt(problem, { file })));
  const read = await parseCampaign(edited.value, file, readPhone);
  if (!read.ok) return read;
  const written = yamlSource(edited.value, file).root;
  const settled = edited.value === text ? ok(null) : await first(writtenIn(text, file), written);
  if (!settled.ok) return settled;
  const saved = await replaced(file, edited.value, expected);
  if (!saved.ok) return saved;
  return ok({ file, digest: digestOf(Buffer.from(edited.value)), written, read });
}

/** The file is looked at once more right before it gets its new text. */
async function replaced(file: string, text: string, expected: string): Promise<Result<null>> {
  const begun = await beginFile(file, 'person');
  if (!begun.ok) return begun;
  try {
    await begun.value.write(text);
    const now = await campaignText(file);
    if (!now.ok || digestOf(now.value.bytes) !== expected)
      return failed({ code: 'campaign.edited-meanwhile', at: { file } });
    await begun.value.keep();
    return ok(null);
  } catch (error) {
    if (error instanceof UnwritableFile) return failed(...error.problems);
    throw error;
  } finally {
    await begun.value.discard();
  }
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
