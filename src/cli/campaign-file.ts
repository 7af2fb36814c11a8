import type { ReadPhone } from '../campaign/control-phone.js';
import type { ReadCampaign } from '../campaign/read-campaign.js';
import type { Result } from '../core/problem.js';

/** Reads a campaign from a folder or a YAML file; its own phone is read as its recipients are. */
export async function readCampaignFile(path: string): Promise<Result<ReadCampaign>> {
  const { readCampaign } = await import('../campaign/read-campaign.js');
  return readCampaign(path, readControlPhone);
}

/** The rules of phone numbers are loaded only for a campaign that names one. */
export const readControlPhone: ReadPhone = async (typed, { country = null, wire = {} }) => {
  const { parsePhone } = await import('../recipients/phone.js');
  const forms = Object.entries(wire).flatMap(([name, prefix]) =>
    prefix === undefined ? [] : [[name, prefix]],
  );
  const phone = parsePhone(typed, country, { landlines: 'accept', wire: Object.fromEntries(forms) });
  return phone.ok ? { phone: phone.phone, person: phone.person, country: phone.country } : null;
};
