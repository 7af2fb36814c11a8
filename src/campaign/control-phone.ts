import type { ControlPhone } from '../core/campaign.js';
import { failed, ok, type Result } from '../core/problem.js';
import { shown } from '../core/quantities.js';
import type { CampaignFile } from './schema.js';
import type { YamlSource } from './yaml-source.js';

/** Reads a phone by the rules of the campaign's recipients, landlines too; null: the text is none. */
export type ReadControlPhone = (
  typed: string,
  recipients: CampaignFile['recipients'],
) => Promise<ControlPhone | null>;

/** `uncertain.control`, read as a phone; null: there is none. */
export async function controlOf(
  { uncertain, recipients }: CampaignFile,
  readPhone: ReadControlPhone,
  source: YamlSource,
): Promise<Result<ControlPhone | null>> {
  const typed = uncertain?.control;
  if (typed === undefined) return ok(null);
  const phone = await readPhone(typed, recipients);
  if (phone !== null) return ok(phone);
  const at = source.placeOf(['uncertain', 'control']);
  return failed({ code: 'campaign.control', params: { value: shown(typed) }, at });
}
