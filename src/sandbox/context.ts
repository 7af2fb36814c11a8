import type { IncomingHttpHeaders } from 'node:http';
import type { FaultChooser } from './faults/chooser.js';
import type { SandboxLog } from './log/sandbox-log.js';
import type { SandboxSettings } from './options.js';
import type { RateGate } from './rate-gate.js';
import type { SandboxAnswer } from './reply.js';
import type { Person } from './seeds/person.js';

/** A request whose body has arrived. */
export interface Incoming {
  /** Counts the requests of this sandbox, from 1. */
  readonly number: number;
  /** When it arrived, on the sandbox's clock. */
  readonly at: number;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The query as it stood in the request line, without the `?`. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Resolves when the client has closed its connection, or the answer is out. */
  readonly clientLeft: () => Promise<void>;
}

/** What every part of the sandbox works with. */
export interface SandboxContext {
  readonly settings: SandboxSettings;
  readonly log: SandboxLog;
  readonly chooseFault: FaultChooser;
  /** null: no limit. */
  readonly sendGate: RateGate | null;
  /** Limit of ChatbotX. */
  readonly chatbotxGate: RateGate;
  /** Limit of Platica. */
  readonly platicaGate: RateGate;
  /** The sandbox's clock, epoch milliseconds. */
  readonly now: () => number;
  /** The same moment on a clock that only goes forward, for limits. */
  readonly monotonicMs: () => number;
  /** When the sandbox was started, on its clock: moments of seeded conversations count from there. */
  readonly startedAt: number;
  /** The people whose conversations are there from the start. */
  readonly seededPeople: () => readonly Person[];
  /** Counts one more request to a list of conversations, and says how many came before it. */
  readonly countListRequest: (list: 'platica' | 'chatbotx') => number;
  /** Resolves after so many milliseconds; at once for 0. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Answers one request, its entry in the log being committed. */
export type Handler = (context: SandboxContext, incoming: Incoming) => Promise<SandboxAnswer>;

/** Writes a request into the log that executed nothing, and hands the answer on. */
export async function logged(
  context: SandboxContext,
  incoming: Incoming,
  answer: SandboxAnswer,
  fault: string | null = null,
): Promise<SandboxAnswer> {
  const answered = answer.manner === 'whole' || answer.manner === 'truncated';
  const { at, method, path } = incoming;
  const status = answered ? answer.reply.status : null;
  const request = { at, method, path, destination: null, status, fault };
  await context.log.record({ request, execution: null });
  return answer;
}
