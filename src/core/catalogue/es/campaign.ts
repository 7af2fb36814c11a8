import type { campaignEn } from '../en/campaign.js';

/** Spanish sentences: campaign, one for each English one. */
export const campaignEs: Record<keyof typeof campaignEn, string> = {};
