import type { Listing } from '../faults/fault.js';
import type { SendApi } from '../plazbot/send-request.js';

/** A send that was executed: the oracle of "who got what". */
export interface Execution {
  /** Epoch milliseconds on the sandbox's clock. */
  readonly at: number;
  readonly workspace: string;
  readonly api: SendApi;
  readonly template: string;
  readonly destination: string;
  readonly type: '1' | '2' | '3';
  readonly campaignName: string | null;
  /** JSON: `{body: [{variable, value}], header: [{variable, value}]}`. */
  readonly variables: string;
  readonly contactId: string;
  /** The body of the request, byte for byte. */
  readonly requestBody: string;
}

/** A request that arrived, with what became of it. Holds no header. */
export interface RequestRecord {
  /** When it arrived, epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Destination of a send that could be read, else null. */
  readonly destination: string | null;
  /** Status it was answered with; null: it got no answer. */
  readonly status: number | null;
  /** Name of the fault that struck, or null. */
  readonly fault: string | null;
}

/** What one request leaves in the log. */
export interface LogEntry {
  readonly request: RequestRecord | null;
  readonly execution: { readonly record: Execution; readonly listing: Listing } | null;
}

/** An executed send as the conversation list shows it. */
export interface ListedExecution extends Execution {
  /** Number of the record: two for a send that is listed twice. */
  readonly id: number;
  /** Whether the list says by now that it failed. */
  readonly failed: boolean;
}
