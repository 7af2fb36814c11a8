import type { ControlPhone } from '../core/campaign.js';
import { failed, ok, type Result } from '../core/problem.js';
import { shown } from '../core/quantities.js';
import { valueAt } from './combinations.js';
import type { CampaignFile } from './schema.js';
import type { Plain, YamlSource } from './yaml-source.js';

/** Reads a phone by the rules of the campaign's recipients, landlines too; null: the text is none. */
export type ReadControlPhone = (
  typed: string,
  recipients: CampaignFile['recipients'],
) => Promise<ControlPhone | null>;

/**
 * `uncertain.control`, read as a phone; null: there is none.
 *
 * @param recipients null: they cannot be read, so nobody knows of which country a phone is
 */
export async function controlOf(
  root: Plain,
  recipients: CampaignFile['recipients'] | null,
  readPhone: ReadControlPhone,
  source: YamlSource,
): Promise<Result<ControlPhone | null>> {
  const typed = valueAt(root, ['uncertain', 'control']);
  // An empty one is told by the schema.
  if (typeof typed !== 'string' || typed.trim() === '' || recipients === null) return ok(null);
  const phone = await readPhone(typed, recipients);
  if (phone !== null) return ok(phone);
  const at = source.placeOf(['uncertain', 'control']);
  return failed({ code: 'campaign.control', params: { value: shown(typed) }, at });
}
