import type { DeliveryStatus } from '../../core/counts.js';
import type { FoundMessage, MessageChoice } from '../../core/ledger/finding.js';
import { phoneShown } from './fingerprint.js';
import { MESSAGES_COLUMNS, messageOf, type StoredMessage } from './plan-facts.js';
import { row, type Steps } from './steps.js';

/** The message of one row of a campaign, whatever became of it; null: there is no such row. */
export function* foundMessage(campaignId: number, choice: MessageChoice): Steps<FoundMessage | null> {
  const { text, params } = chosenDelivery(campaignId, choice);
  const chosen = yield* row<{ readonly id: number }>(text, params);
  const found = chosen && (yield* row<StoredFound>(FOUND_MESSAGE, { id: chosen.id }));
  return found === undefined ? null : foundMessageOf(found);
}

/** A statement and what fills it. */
interface Asked {
  readonly text: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Which delivery a choice means: only an index is read on the way to its row, however far it is. */
function chosenDelivery(campaignId: number, choice: MessageChoice): Asked {
  switch (choice.by) {
    case 'line':
      return {
        text: 'SELECT id FROM deliveries WHERE campaign_id = @campaignId AND line = @line ORDER BY id LIMIT 1',
        params: { campaignId, line: choice.line },
      };
    case 'person':
      return {
        text: 'SELECT id FROM deliveries WHERE person = @person AND campaign_id = @campaignId ORDER BY key LIMIT 1',
        params: { campaignId, person: choice.person },
      };
    case 'position':
      return {
        text: 'SELECT id FROM deliveries WHERE campaign_id = @campaignId ORDER BY line, id LIMIT 1 OFFSET @before',
        params: { campaignId, before: Math.max(0, choice.position - 1) },
      };
  }
}

/** The message of a delivery with the row that it is made of. */
const FOUND_MESSAGE = `
  SELECT ${MESSAGES_COLUMNS}, d.status, d.reason, c.cells
  FROM deliveries d JOIN contents c ON c.delivery_id = d.id WHERE d.id = @id`;

/** A row of it. */
interface StoredFound extends StoredMessage {
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  readonly cells: string;
}

/** As whoever looks for it gets it. */
function foundMessageOf(row: StoredFound): FoundMessage {
  const message = messageOf(row);
  const cells = JSON.parse(row.cells) as string[];
  return { ...message, phone: phoneShown(message.phone), status: row.status, reason: row.reason, cells };
}
