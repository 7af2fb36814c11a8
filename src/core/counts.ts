/** Where a delivery stands. */
export type DeliveryStatus =
  | 'pending'
  | 'sending'
  | 'accepted'
  | 'refused'
  | 'exhausted'
  | 'uncertain'
  | 'skipped';

/** Every status, in the order in which people read them. */
export const DELIVERY_STATUSES = [
  'pending',
  'sending',
  'accepted',
  'refused',
  'exhausted',
  'uncertain',
  'skipped',
] as const satisfies readonly DeliveryStatus[];

/** Of the accepted ones, what the provider's list said of them later. */
export interface ListedCounts {
  readonly listed: number;
  readonly failed: number;
}

/** How many recipients stand where. `recipients` is the sum of the statuses; rejected rows stand beside it. */
export type Counts = Readonly<Record<DeliveryStatus, number>> &
  ListedCounts & {
    readonly recipients: number;
    readonly rejected: number;
  };

/** Counts from numbers per status: a status that is missing is 0. */
export function countsOf(
  byStatus: Partial<Record<DeliveryStatus, number>>,
  rejected: number,
  { listed, failed }: ListedCounts = { listed: 0, failed: 0 },
): Counts {
  const numbers = Object.fromEntries(DELIVERY_STATUSES.map((status) => [status, byStatus[status] ?? 0]));
  const filled = numbers as Record<DeliveryStatus, number>;
  const recipients = DELIVERY_STATUSES.reduce((sum, status) => sum + filled[status], 0);
  return { ...filled, recipients, rejected, listed, failed };
}

/** Whether something in these counts needs a person (exit code 1). */
export function needsPerson(counts: Counts): boolean {
  return counts.rejected + counts.refused + counts.exhausted + counts.uncertain > 0;
}
