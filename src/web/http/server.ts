import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { TeamAtHand } from '../../app/team/team-at-hand.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { Background } from '../background/background.js';
import { languageOf } from '../language.js';
import type { Site } from '../site.js';
import { plainPage } from '../views/plain-page.js';
import { Watch } from '../watch/watch.js';
import { loadAssets } from './assets.js';
import { ownHosts, type Refusal, refusalOf } from './guard.js';
import { SECURITY_HEADERS } from './headers.js';
import { Logins } from './logins.js';
import { pageRoutes } from './routes.js';
import { Sessions } from './sessions.js';
import { bugCode } from './thrown.js';
import { Uploads } from './uploads.js';

/** The page, served. */
export interface ServedPage {
  /** `http://127.0.0.1:4321` */
  readonly url: string;
  /** An address that opens the page in one browser, once. */
  newAddress(): string;
  /** Whether there are users, who log in. */
  isTeam(): Promise<boolean>;
  /** Ends all connections. Runs go on. */
  close(): Promise<void>;
}

const ADDRESS = '127.0.0.1';
const LONGEST_HEADERS = 16_384;
/** A large file over a slow disk; what is slower than this is a stranger who keeps the door open. */
const LONGEST_REQUEST_MS = 15 * 60_000;

/** Serves the page on this machine alone. `port` 0: any that is free. */
export async function servePage(served: Site, port: number): Promise<Result<ServedPage>> {
  const watch = new Watch(served);
  const { site, traffic } = watch;
  const assets = await loadAssets();
  const server = createServer({ maxHeaderSize: LONGEST_HEADERS, requestTimeout: LONGEST_REQUEST_MS });
  const listening = await listen(server, port);
  if (!listening.ok) return listening;
  const bound = listening.value;
  const sessions = new Sessions(bound.port);
  const team = new TeamAtHand(site.app);
  const logins = new Logins(site, team, bound.port, false);
  const addressOf = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '';
  const uploads = new Uploads(site.app.environment.stateDir, () => site.app.clock.now());
  const background = new Background(site);
  const url = `http://${ADDRESS}:${bound.port}`;
  const newAddress = (): string => `${url}/enter?token=${sessions.newEntrance()}`;
  const routes = pageRoutes({
    site,
    sessions,
    team,
    logins,
    addressOf,
    publicUrl: url,
    secure: false,
    background,
    newAddress,
    uploads,
    assets,
    watch,
  });
  const hosts = ownHosts(bound.port, bound.address);
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
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const refusal = refusalOf(request, hosts);
    if (refusal === null) void answer(request, response);
    else refuse(refusal, request, response, site);
  });
  server.on('clientError', refuseUnread);
  background.begin();
  return ok({
    url,
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

function listen(server: Server, port: number): Promise<Result<AddressInfo>> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        resolve(failed({ code: 'web.port-taken', params: { port: String(port) } }));
      else if (error.code === 'EACCES')
        resolve(failed({ code: 'web.port-forbidden', params: { port: String(port) } }));
      else reject(error);
    });
    server.listen(port, ADDRESS, () => resolve(ok(server.address() as AddressInfo)));
  });
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
function refuseUnread(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const headers = Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n${headers.join('')}\r\n`);
}
