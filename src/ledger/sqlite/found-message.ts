import type { DeliveryStatus } from '../../core/counts.js';
import type { FoundMessage, MessageChoice } from '../../core/ledger/finding.js';
import { phoneShown } from './fingerprint.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { MESSAGES_COLUMNS, messageOf, type StoredMessage } from './plan-facts.js';

interface StoredFound extends StoredMessage {
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  readonly cells: string;
}

/** The message of one row of a campaign, whatever became of it; null: there is no such row. */
export function foundMessage(
  db: LedgerDatabase,
  campaignId: number,
  choice: MessageChoice,
): FoundMessage | null {
  const id = deliveryOf(db, campaignId, choice);
  if (id === null) return null;
  const row = prepared(
    db,
    `SELECT ${MESSAGES_COLUMNS}, d.status, d.reason, c.cells
     FROM deliveries d JOIN contents c ON c.delivery_id = d.id WHERE d.id = @id`,
  ).get({ id }) as StoredFound | undefined;
  if (row === undefined) return null;
  const message = messageOf(row);
  return {
    ...message,
    phone: phoneShown(message.phone),
    status: row.status,
    reason: row.reason,
    cells: JSON.parse(row.cells) as string[],
  };
}

/** Only the index is read on the way to a row, however far it is. */
function deliveryOf(db: LedgerDatabase, campaignId: number, choice: MessageChoice): number | null {
  const found = (): unknown => {
    switch (choice.by) {
      case 'line':
        return prepared(
          db,
          'SELECT id FROM deliveries WHERE campaign_id = @campaignId AND line = @line ORDER BY id LIMIT 1',
        ).get({ campaignId, line: choice.line });
      case 'person':
        return prepared(
          db,
          'SELECT id FROM deliveries WHERE person = @person AND campaign_id = @campaignId ORDER BY key LIMIT 1',
        ).get({ campaignId, person: choice.person });
      case 'position':
        return prepared(
          db,
          `SELECT id FROM deliveries WHERE campaign_id = @campaignId ORDER BY line, id
           LIMIT 1 OFFSET @before`,
        ).get({ campaignId, before: Math.max(0, choice.position - 1) });
    }
  };
  return (found() as { id: number } | undefined)?.id ?? null;
}
