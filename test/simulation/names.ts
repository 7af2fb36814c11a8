/** Names under which a simulated world stands in the ledger. */
export const WORKSPACE = 'ws-simulated';
export const SENDER = 'sender-simulated';
export const TEMPLATE = 'sale_es';

/** The duty that a delivery stands for: what must be fulfilled once at most. */
export function dutyName(campaign: string, phone: string, key: string): string {
  return `${campaign}/${phone}${key === '' ? '' : `/${key}`}`;
}

/** Name of the campaign that has the duty. */
export function campaignNameOf(duty: string): string {
  return duty.slice(0, duty.indexOf('/'));
}
