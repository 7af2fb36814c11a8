import type { PlazbotApi } from '../../core/campaign.js';
import type { ConversationPages, ListProvider, ListWait } from '../../core/conversation.js';
import type { ListOptions } from '../../core/conversation-options.js';
import type { RecordFields } from '../../core/conversation-rows.js';
import type { Result } from '../../core/problem.js';

/** The conversation lists of all providers. */
export interface ConversationLists {
  /** Nothing is requested before the first page is asked for. Problems: an address or credentials that cannot be used. */
  open(list: ListToOpen): Promise<Result<ReadableList>>;
}

/** A list, where it is, and how it is read. */
export interface ListToOpen {
  readonly provider: ListProvider;
  readonly baseUrl: string;
  /** Plazbot only. */
  readonly workspaceId: string;
  readonly api: PlazbotApi;
  /** What the provider calls its key or token; '' where it needs none. */
  readonly key: string;
  readonly options: ListOptions;
  /** Ends the reading; the page under way is given up. */
  readonly signal: AbortSignal;
  /** Told before each wait. */
  readonly onWait: (wait: ListWait) => void;
}

/** A list that can be read, and which of its records' fields can be asked for. */
export interface ReadableList {
  readonly pages: ConversationPages;
  readonly fields: RecordFields;
}
