import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { ReportMessage } from '../../core/report-data.js';
import { knowledgeOf } from '../../core/template-knowledge.js';
import { filledText } from '../../core/template-text.js';
import type { App } from '../app.js';
import { storedTemplates } from '../templates/known-templates.js';

/**
 * The message of the first row, whole. Null where the template's text is not known, or nobody is left whose values were not
 * erased: a report stands on the ledger, and a campaign file that cannot be read any more takes nothing away from it.
 */
export async function firstMessage(
  ledger: Ledger,
  record: CampaignRecord,
  { campaignFiles }: Pick<App, 'campaignFiles'>,
): Promise<ReportMessage | null> {
  const row = await ledger.reports.firstMessage(record.id);
  if (row === null) return null;
  const read = await campaignFiles.read(record.file);
  const written =
    read.ok && read.value.campaign.template === record.template ? read.value.campaign.text : null;
  const names = ({ variable }: { readonly variable: string }): string => variable;
  const given = { header: row.header.map(names), body: row.body.map(names) };
  const known = await storedTemplates(ledger, record);
  const { text, source } = knowledgeOf({ template: record.template, text: written }, given, known);
  if (text === null || source === null) return null;
  const { line, attachment } = row;
  return { line, source, text: filledText(text, row), attachmentName: attachment?.name ?? null };
}
