import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { App } from '../app.js';
import type { UncertainPolicy } from './campaign-status.js';

const MINUTE_MS = 60_000;

/** What holds where the campaign file says nothing, or is not there any more. */
const USUAL: UncertainPolicy = { settleMs: 15 * MINUTE_MS, timeoutMs: MINUTE_MS, resend: 'no' };

/** Finds what campaign files say about settling; each file is read once. */
export class UncertainPolicies {
  readonly #files: App['campaignFiles'];
  readonly #found = new Map<number, UncertainPolicy>();

  constructor({ campaignFiles }: Pick<App, 'campaignFiles'>) {
    this.#files = campaignFiles;
  }

  async of({ id, file }: CampaignRecord): Promise<UncertainPolicy> {
    const known = this.#found.get(id);
    if (known !== undefined) return known;
    const policy = await policyIn(file, this.#files);
    this.#found.set(id, policy);
    return policy;
  }
}

async function policyIn(file: string, files: App['campaignFiles']): Promise<UncertainPolicy> {
  const read = await files.read(file);
  if (!read.ok) return USUAL;
  const { uncertain, timeoutMs } = read.value.campaign;
  return { settleMs: uncertain.settleMs, timeoutMs, resend: uncertain.resend === 'never' ? 'never' : 'no' };
}
