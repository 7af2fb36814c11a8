import type { SeenRecord, SendTry } from '../../src/core/match.js';

/** When the attempt began. */
export const START = 1_800_000_000_000;
export const PERSON = '51900000001';

/** A try of which nobody knows what became of it. */
export const attempt: SendTry = {
  startedAt: START,
  answeredAt: null,
  absent: false,
  template: 'welcome_es',
  type: 'campaign',
  campaignName: 'Welcome',
  values: null,
};

/** A record of the provider's list that is of this try, a second after its start. */
export function record(over: Partial<SeenRecord> = {}): SeenRecord {
  const at = over.at === undefined ? START + 1_000 : over.at;
  return {
    id: 'r1',
    numbers: [PERSON],
    persons: [PERSON],
    templates: ['welcome_es'],
    campaignNames: ['Welcome'],
    type: 1,
    createdAt: at,
    at,
    failed: false,
    contactId: null,
    values: null,
    summary: '',
    ...over,
  };
}
