import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Classes of a status. `gone`: nobody waited for the answer. */
export type StatusClass = '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'gone';

/** A request, once it was answered. Nothing of it is what somebody typed: it goes to logs and metrics. */
export interface AnsweredRequest {
  readonly id: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'other';
  /** Pattern of the path, such as `/campaigns/:campaign/list`; `none`: nothing answers to it, `refused`: the guard did. */
  readonly route: string;
  readonly status: number;
  readonly statusClass: StatusClass;
  readonly durationMs: number;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST'] satisfies AnsweredRequest['method'][]);

interface Begun {
  readonly id: string;
  route: string;
}

/** Requests while they go on, and whoever is told of their end. */
export class Traffic {
  readonly #requests = new WeakMap<IncomingMessage, Begun>();
  readonly #answered: (request: AnsweredRequest) => void;
  readonly #monotonicMs: () => number;

  constructor(answered: (request: AnsweredRequest) => void, monotonicMs: () => number) {
    this.#answered = answered;
    this.#monotonicMs = monotonicMs;
  }

  /** Names a request. The name is made here: one that came along would be whatever somebody wants to stand in the log. */
  begin(request: IncomingMessage, response: ServerResponse): void {
    const begun: Begun = { id: randomBytes(9).toString('base64url'), route: 'refused' };
    this.#requests.set(request, begun);
    response.setHeader('X-Request-Id', begun.id);
    const beganMs = this.#monotonicMs();
    const { method = '' } = request;
    response.once('close', () => {
      const { statusCode: status, writableEnded } = response;
      this.#answered({
        id: begun.id,
        method: METHODS.has(method) ? (method as AnsweredRequest['method']) : 'other',
        route: begun.route,
        status,
        statusClass: writableEnded ? (`${Math.floor(status / 100)}xx` as StatusClass) : 'gone',
        durationMs: this.#monotonicMs() - beganMs,
      });
    });
  }

  /** Says which pattern it fits. */
  routed(request: IncomingMessage, pattern: string): void {
    const begun = this.#requests.get(request);
    if (begun !== undefined) begun.route = pattern;
  }

  /** Its name. */
  idOf(request: IncomingMessage): string {
    return this.#requests.get(request)?.id ?? '';
  }
}
