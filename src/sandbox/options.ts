import type { FaultRule } from './faults/fault.js';
import type { KnownTemplate } from './plazbot/send-request.js';

/** How a sandbox is to behave; everything but the file of its log has a default. */
export interface SandboxOptions {
  /** A loopback address; default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Where the log is kept (SQLite); an existing one is continued. `:memory:` is allowed. */
  readonly dbFile: string;
  /** The one workspace that is known; null or left out: any. */
  readonly workspaceId?: string | null;
  /** The key a request must carry; null or left out: any or none. */
  readonly apiKey?: string | null;
  /** Time before a request is executed; default 1 to 5 ms. */
  readonly latencyMs?: { readonly min: number; readonly max: number };
  /** The first rule that matches a request decides. */
  readonly faults?: readonly FaultRule[];
  /** Chance and seeded conversations depend on it alone; default 1. */
  readonly seed?: number;
  /** Above it, sends are answered 429 with Retry-After. */
  readonly ratePerSecond?: number;
  /** How long a send stays invisible in the list; default 0. */
  readonly listLagMs?: number;
  /** Records on a page; default 20. */
  readonly listPageSize?: number;
  /** Order of the list: with `newest-first`, the default, new records push old ones onto the next page. */
  readonly listOrder?: 'newest-first' | 'oldest-first';
  /** Share (0 to 1) of pages that hold fewer records than there are; default 0. */
  readonly listShortPages?: number;
  /** Share (0 to 1) of pages that are empty although the list goes on; default 0. */
  readonly listEmptyPages?: number;
  /** Whether the second page gives its own token again, so that the list never ends; default false. */
  readonly listRepeatsToken?: boolean;
  /** Name of the token in the list's answer; default `newContinuationToken`. */
  readonly listTokenField?: 'newContinuationToken' | 'continuationToken';
  /** Field in which a record carries the customer's number; `neither`: only its `requestBody` tells. */
  readonly listNumberField?: 'internalWhatsappNumber' | 'platformSenderPhone' | 'neither';
  /** Templates that exist, or null (the default): every name is taken. */
  readonly templates?: readonly KnownTemplate[] | null;
  /** HTTP status with which WhatsApp's refusals are passed on; default 200. */
  readonly refusalStatus?: 200 | 400;
  /** How far the sandbox's clock is ahead of this machine's; default 0. */
  readonly clockOffsetMs?: number;
  /** How long an idle connection is kept; default 5,000. */
  readonly keepAliveMs?: number;
  /** Key that Platica takes; null or left out: any. */
  readonly platicaKey?: string | null;
  /** Token that ChatbotX takes; null or left out: any. */
  readonly chatbotxToken?: string | null;
  /** Number of seeded conversations on each of Platica and ChatbotX; default 300. */
  readonly conversations?: number;
  /** New conversations between two requests of one of those lists, so that offsets drift; default 0. */
  readonly conversationsArrive?: number;
}

/** Options with their defaults filled in. */
export type SandboxSettings = Required<SandboxOptions>;

/** Fills in the defaults. */
export function settled(options: SandboxOptions): SandboxSettings {
  return {
    host: '127.0.0.1',
    port: 0,
    workspaceId: null,
    apiKey: null,
    latencyMs: { min: 1, max: 5 },
    faults: [],
    seed: 1,
    ratePerSecond: Number.POSITIVE_INFINITY,
    listLagMs: 0,
    listPageSize: 20,
    listOrder: 'newest-first',
    listShortPages: 0,
    listEmptyPages: 0,
    listRepeatsToken: false,
    listTokenField: 'newContinuationToken',
    listNumberField: 'internalWhatsappNumber',
    templates: null,
    refusalStatus: 200,
    clockOffsetMs: 0,
    keepAliveMs: 5_000,
    platicaKey: null,
    chatbotxToken: null,
    conversations: 300,
    conversationsArrive: 0,
    ...options,
  };
}
