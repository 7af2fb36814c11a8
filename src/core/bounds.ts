/** One limit on what is taken in from outside. */
export interface Bound {
  readonly value: number;
  readonly unit: 'bytes';
  /** Why it is as large as that. */
  readonly reason: string;
}

/** Every limit on what is taken in from outside, by name. */
export const BOUNDS = {
  /** A campaign file. Recipients do not stand in it. */
  campaignFile: {
    value: 1_000_000,
    unit: 'bytes',
    reason: 'a campaign of a hundred variables has some 10 kB',
  },
  /** A rate card, `cost` in the campaign file. */
  rateCard: { value: 256_000, unit: 'bytes', reason: '250 countries in four categories have some 30 kB' },
  /** One of the do-not-contact files under `suppress` in the campaign file: its people are held in memory. */
  suppressFile: {
    value: 25_000_000,
    unit: 'bytes',
    reason: 'two million bare numbers, some 500 MB in memory',
  },
  /** `.env` in the working folder. */
  environmentFile: {
    value: 256_000,
    unit: 'bytes',
    reason: 'a few variables; room for certificates of others',
  },
  /** The note beside a lock that says who holds it. */
  lockNote: { value: 4_096, unit: 'bytes', reason: 'pid, host, campaign and time' },
} as const satisfies Readonly<Record<string, Bound>>;
