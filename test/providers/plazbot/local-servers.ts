import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ClaimedDelivery } from '../../../src/core/delivery.js';
import { PlazbotSender, type PlazbotSenderOptions } from '../../../src/providers/plazbot/sender.js';

/** A request as it came out of the socket. */
export interface SeenRequest {
  readonly method: string;
  /** Path with its query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** An answer of a server of the tests. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Plazbot's documented answer to a send. */
export const SENT: GivenAnswer = {
  status: 200,
  body: '{"success":true,"message":"Conversation sent successfully.","code":200,"data":{"contactId":"c-1"}}',
};

/**
 * A real HTTP server that gives these answers in turn, the last one from then on. Who asks for its templates hears that it has
 * none to tell, and is not counted.
 */
export async function answering(...answers: readonly GivenAnswer[]) {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    if (asksForTemplates(request.url ?? '')) {
      response.writeHead(404).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request;
      requests.push({ method, target: url, headers, rawHeaders, body: Buffer.concat(chunks).toString() });
      const answer = answers[Math.min(requests.length, answers.length) - 1] ?? SENT;
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body);
    });
  });
  const url = await listening(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url, requests };
}

/** Whether this is the target of a request for the templates of a workspace. */
export function asksForTemplates(target: string): boolean {
  return target.includes('/api/template/actives?');
}

/** A TCP server: `onRequest` gets the bytes of a request when all of them have arrived on a socket. */
export async function tcpServer(
  onRequest: (socket: Socket, connection: number, request: string) => void,
  onConnect: (socket: Socket) => void = () => undefined,
) {
  const sockets = new Set<Socket>();
  const seen = { connections: 0, requests: 0, closed: 0 };
  const server = createTcpServer((socket) => {
    seen.connections += 1;
    const connection = seen.connections;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      seen.closed += 1;
      sockets.delete(socket);
    });
    onConnect(socket);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (text.startsWith('GET ') && asksForTemplates(text.slice(4)) && text.endsWith('\r\n\r\n')) {
        text = '';
        socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
        return;
      }
      if (!isWhole(text)) return;
      const request = text;
      text = '';
      seen.requests += 1;
      onRequest(socket, connection, request);
    });
  });
  const url = await listening(server);
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url, seen };
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const length = /content-length: (\d+)/iu.exec(text)?.[1];
  return end !== -1 && length !== undefined && text.length >= end + 4 + Number(length);
}

/** The bytes of an answer, as a raw server writes them. */
export function rawAnswer(body: string, headers = '', announced = Buffer.byteLength(body)): string {
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${headers}content-length: ${announced}\r\n\r\n${body}`;
}

/** A port on which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createTcpServer();
  const port = Number(new URL(await listening(server)).port);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A sender to a server of the tests. */
export function senderTo(baseUrl: string, options: Partial<PlazbotSenderOptions> = {}): PlazbotSender {
  const sender = new PlazbotSender({
    baseUrl,
    workspaceId: 'workspace-0001',
    apiKey: null,
    template: 'welcome_es',
    type: 'campaign',
    campaignName: 'Welcome 2026',
    api: 'classic',
    timeoutMs: 20_000,
    clock: {
      now: () => Date.UTC(2026, 0, 1),
      monotonicMs: () => performance.now(),
      sleep: () => Promise.resolve(),
    },
    ...options,
  });
  onTestFinished(() => sender.close());
  return sender;
}

/** A claimed delivery with an intent. */
export function delivery(fields: Partial<ClaimedDelivery> = {}): ClaimedDelivery {
  return {
    deliveryId: 1,
    attemptId: 1,
    phone: '51987654321',
    person: '51987654321',
    country: 'PE',
    bodyJson: '[{"variable":"1","value":"Ana"}]',
    headerJson: '[]',
    attachmentJson: null,
    transientRefusals: 0,
    deferrals: 0,
    ...fields,
  };
}
