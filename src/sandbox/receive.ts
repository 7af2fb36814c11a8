import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isLoopback } from '../core/public-host.js';
import { chance } from './chance.js';
import { type Incoming, logged, type SandboxContext } from './context.js';
import { deliver, drop } from './deliver.js';
import type { ChosenFault } from './faults/chooser.js';
import type { FaultPhase } from './faults/fault.js';
import { problemReply } from './plazbot/answers.js';
import { plain, whole } from './reply.js';
import { route } from './router.js';

const LARGEST_BODY_BYTES = 1_000_000;

/**
 * Lets a server answer as the sandbox: faults of the connection, then the route's handler, then the answer.
 */
export function listenTo(server: Server, context: SandboxContext): void {
  let arrived = 0;
  server.on('connection', (socket) => {
    const fault = early(context, 'connect');
    if (fault !== null) drop(socket, 'reset');
  });
  server.on('request', (request, response) => {
    if (!isForThisMachine(request)) {
      deliver(response, whole(plain(421)), context.now());
      return;
    }
    arrived += 1;
    void receive(context, request, response, arrived);
  });
}

/**
 * A page in a browser reaches this server under a name of its own that points to this machine (DNS rebinding), and
 * then says that name: 421 (Misdirected Request), and nothing is executed or logged.
 */
function isForThisMachine({ headers }: IncomingMessage): boolean {
  return isLoopback((headers.host ?? '').replace(/:\d*$/u, '').toLowerCase());
}

function early(context: SandboxContext, phase: FaultPhase): ChosenFault | null {
  return context.chooseFault({ phase, destination: '', template: '' });
}

async function receive(
  context: SandboxContext,
  request: IncomingMessage,
  response: ServerResponse,
  number: number,
): Promise<void> {
  try {
    const fault = early(context, 'headers');
    const body = fault === null ? await bodyOf(request) : null;
    const incoming = incomingOf(context, request, response, number, body ?? '');
    if (fault !== null || body === null) {
      const { manner } = fault?.effect ?? { manner: 'reset' };
      deliver(
        response,
        await logged(context, incoming, { reply: plain(400), manner }, fault?.name),
        context.now(),
      );
    } else {
      deliver(response, await answerTo(context, incoming, body), context.now());
    }
  } catch {
    // The log could not be written (closed, or a full disk): nothing was executed.
    deliver(response, whole(plain(503)), context.now());
  }
}

async function answerTo(context: SandboxContext, incoming: Incoming, body: string) {
  if (body.length > LARGEST_BODY_BYTES) {
    return logged(context, incoming, whole(problemReply(413, 'Payload Too Large')));
  }
  const { min, max } = context.settings.latencyMs;
  if (max > 0)
    await context.pause(min + (max - min) * chance(context.settings.seed, 'latency', incoming.number));
  return route(incoming.method, incoming.path)(context, incoming);
}

function incomingOf(
  context: SandboxContext,
  request: IncomingMessage,
  response: ServerResponse,
  number: number,
  body: string,
): Incoming {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const rawQuery = mark < 0 ? '' : url.slice(mark + 1);
  return {
    number,
    at: context.now(),
    method: request.method ?? '',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(rawQuery),
    rawQuery,
    headers: request.headers,
    body,
    clientLeft: () =>
      new Promise((resolve) => {
        if (response.closed) resolve();
        else response.once('close', resolve);
      }),
  };
}

/** The whole body, its rest dropped beyond the largest size; null when the client left before its end. */
function bodyOf(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      if (bytes <= LARGEST_BODY_BYTES) chunks.push(chunk);
      bytes += chunk.length;
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('close', () => resolve(null));
    request.on('error', () => resolve(null));
  });
}
