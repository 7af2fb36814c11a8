import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { TeamAtHand } from '../../app/team/team-at-hand.js';
import { waitingLedgers } from '../../app/waiting-ledgers.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { Background } from '../background/background.js';
import { languageOf } from '../language.js';
import type { Site } from '../site.js';
import { plainPage } from '../views/plain-page.js';
import { Watch } from '../watch/watch.js';
import { loadAssets } from './assets.js';
import { clientAddress } from './client-address.js';
import { type Refusal, refusalOf } from './guard.js';
import { SECURE_HEADERS, SECURITY_HEADERS } from './headers.js';
import { Logins } from './logins.js';
import { type Front, frontOf, isForOthers, type Reach } from './reach.js';
import { pageRoutes } from './routes.js';
import { Sessions } from './sessions.js';
import { bugCode } from './thrown.js';
import { Uploads } from './uploads.js';

/** The page, served. */
export interface ServedPage {
  /** What people type: `http://127.0.0.1:4321`, or the address of the proxy before it. */
  readonly url: string;
  /** Where it listens: `127.0.0.1:4321`. */
  readonly listensAt: string;
  /** An address that opens the page in one browser, once. */
  newAddress(): string;
  /** Whether there are users, who log in. */
  isTeam(): Promise<boolean>;
  /** Ends all connections. Runs go on. */
  close(): Promise<void>;
}

const LONGEST_HEADERS = 16_384;
/** A large file over a slow disk; what is slower than this is a stranger who keeps the door open. */
const LONGEST_REQUEST_MS = 15 * 60_000;
/** Far more than the browsers of a company; strangers who open one after the other use up neither memory nor files. */
const MOST_CONNECTIONS = 1_000;

/** Serves the page to this machine alone, or to others too, who log in. */
export async function servePage(served: Site, reach: Reach): Promise<Result<ServedPage>> {
  const watch = new Watch(served);
  const { site } = watch;
  const assets = await loadAssets();
  const server = serverOf(reach);
  const listening = await listen(server, reach);
  if (!listening.ok) return listening;
  const bound = listening.value;
  const front = frontOf(reach, bound);
  const forOthers = isForOthers(reach);
  const sessions = new Sessions(bound.port);
  const ledgers = waitingLedgers(site.app.ledgers, site.app.clock);
  const team = new TeamAtHand({ ...site.app, ledgers }, forOthers);
  const logins = new Logins(site, team, bound.port, forOthers);
  const uploads = new Uploads(site.app.environment.stateDir, () => site.app.clock.now());
  const background = new Background(site);
  const { url } = front;
  const newAddress = (): string => `${url}/enter?token=${sessions.newEntrance()}`;
  const routes = pageRoutes({
    site,
    sessions,
    team,
    logins,
    addressOf: (incoming) => clientAddress(incoming, reach.proxy),
    publicUrl: url,
    secure: forOthers,
    behindProxy: reach.proxy !== null,
    background,
    newAddress,
    uploads,
    assets,
    watch,
  });
  answerRequests(server, routes, watch, front, forOthers ? SECURE_HEADERS : SECURITY_HEADERS);
  background.begin();
  return ok({
    url,
    listensAt: addressText(bound),
    newAddress,
    isTeam: () => team.isTeam(),
    close: async () => {
      await closed(server);
      await background.close();
      await uploads.close();
      await team.close();
    },
  });
}

function serverOf({ tls }: Reach): Server {
  const limits = { maxHeaderSize: LONGEST_HEADERS, requestTimeout: LONGEST_REQUEST_MS };
  const server =
    tls === null ? createServer(limits) : createTlsServer({ ...limits, ...tls, minVersion: 'TLSv1.2' });
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

function listen(server: Server, { host, port }: Reach): Promise<Result<AddressInfo>> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const problem = listenProblem(error.code, host, port);
      if (problem === null) reject(error);
      else resolve(failed(problem));
    });
    server.listen(port, host, () => resolve(ok(server.address() as AddressInfo)));
  });
}

function listenProblem(code: string | undefined, host: string, port: number): Problem | null {
  switch (code) {
    case 'EADDRINUSE':
      return { code: 'web.port-taken', params: { port: String(port) } };
    case 'EACCES':
      return { code: 'web.port-forbidden', params: { port: String(port) } };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAFNOSUPPORT':
      return { code: 'web.address-unknown', params: { host } };
    default:
      return null;
  }
}

function addressText({ family, address, port }: AddressInfo): string {
  return `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** What may not come in is refused here: nothing behind it sees the request. */
function answerRequests(
  server: Server,
  routes: ReturnType<typeof pageRoutes>,
  { site, traffic }: Watch,
  front: Front,
  headersOfAll: Readonly<Record<string, string>>,
): void {
  const headers = Object.entries(headersOfAll);
  const answer = getRequestListener((request, env) => routes.fetch(request, env), {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      const code = bugCode();
      site.bug(code, error, null);
      return new Response(code, { status: 500 });
    },
  });
  server.on('request', (request, response) => {
    traffic.begin(request, response);
    for (const [name, value] of headers) response.setHeader(name, value);
    const refusal = refusalOf(request, front);
    if (refusal === null) void answer(request, response);
    else refuse(refusal, request, response, site);
  });
  server.on('clientError', (error, socket) => refuseUnread(error, socket, headers));
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function refuse(
  { status, code }: Refusal,
  request: IncomingMessage,
  response: ServerResponse,
  { says, language: usual }: Site,
): void {
  const language = languageOf(null, { 'accept-language': request.headers['accept-language'] }, usual);
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', Connection: 'close' });
  response.end(request.method === 'HEAD' ? undefined : plainPage(code, language, says[language]).html);
  // What a stranger still sends is not read.
  response.on('finish', () => request.destroy());
}

/** What could not be read as a request: headers without end, and what is no HTTP. */
function refuseUnread(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  headers: readonly (readonly [string, string])[],
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n${lines.join('')}\r\n`);
}
