import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import Provider from 'oidc-provider';
import { request } from 'undici';
import { onTestFinished } from 'vitest';
import type { PageAnswer } from './served.js';

export const CLIENT_ID = 'plazcast';
export const CLIENT_SECRET = 'client-secret-5ca1ab1e';

/** A server of a provider of identities, which nothing answers yet. */
export interface Issuer {
  readonly url: string;
  readonly server: Server;
}

/** Listens for a provider of identities; it ends with the test. */
export async function issuerAt(answer?: RequestListener): Promise<Issuer> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** A real provider that knows everybody, by the e-mail address that is typed, and has verified it. */
export function realProvider({ url, server }: Issuer, redirectUri: string, verified = true): void {
  const provider = new Provider(url, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: verified }),
    }),
  });
  server.on('request', provider.callback());
}

/** Logs in with a real provider as a browser does. Returns the address that it leads back to. */
export async function loggedInAt(address: string, login: string): Promise<string> {
  const { origin } = new URL(address);
  const cookies = new Map<string, string>();
  let [at, body] = [address, null as string | null];
  for (let step = 0; step < 20; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await request(at, {
      method: body === null ? 'GET' : 'POST',
      headers: { cookie, ...(body === null ? {} : form) },
      body,
    });
    const text = await answer.body.text();
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(set) ?? [];
      cookies.set(name, value);
    }
    const { location } = answer.headers;
    const [, prompt] = /name="prompt" value="(\w+)"/u.exec(text) ?? [];
    if (location === undefined && prompt === undefined) throw new Error(text);
    body =
      location === undefined
        ? new URLSearchParams({ prompt: prompt ?? '', login, password: 'x' }).toString()
        : null;
    if (location !== undefined) at = new URL(String(location), at).href;
    if (new URL(at).origin !== origin) return at;
  }
  throw new Error(`no way back from ${address}`);
}

/** What a provider that lies says. */
export interface Lies {
  /** In place of what it ought to sign. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** In place of what it says of itself. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** In place of an answer with tokens. */
  readonly token?: { readonly status: number; readonly body: string };
  /** Characters that its tokens bring along. */
  readonly padding?: number;
  /** Signs with a key that it does not name. */
  readonly otherKey?: boolean;
}

/** A provider that lies in one point, and is asked with the nonce that it was told of. */
export async function lyingProvider(
  lies: Lies,
): Promise<{ readonly url: string; readonly tell: (nonce: string) => void; readonly asked: string[] }> {
  const [named, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const key = { ...(await exportJWK(named.publicKey)), alg: 'RS256', use: 'sig', kid: 'k' };
  const asked: string[] = [];
  let nonce = '';
  const answerTo = async (path: string, url: string): Promise<{ status: number; body: string }> => {
    const json = (body: unknown) => ({ status: 200, body: JSON.stringify(body) });
    if (path === '/jwks') return json({ keys: [key] });
    if (path !== '/token')
      return json({
        issuer: url,
        authorization_endpoint: `${url}/auth`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/jwks`,
        ...lies.metadata,
      });
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: url,
      aud: CLIENT_ID,
      sub: 'sub-7',
      nonce,
      iat: now,
      exp: now + 300,
      ...lies.claims,
    };
    const signed = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' });
    const idToken = await signed.sign((lies.otherKey === true ? other : named).privateKey);
    return (
      lies.token ??
      json({
        padding: 'a'.repeat(lies.padding ?? 0),
        access_token: 'a',
        token_type: 'Bearer',
        id_token: idToken,
      })
    );
  };
  const { url, server } = await issuerAt();
  server.on('request', async (incoming: IncomingMessage, answer) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece);
    asked.push(`${incoming.url} ${incoming.headers.authorization ?? ''} ${Buffer.concat(pieces)}`);
    const { status, body } = await answerTo(incoming.url ?? '', url);
    answer.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  return { url, asked, tell: (told) => (nonce = told) };
}

/** Every cookie that an answer sets, as a browser would send it back. */
export function cookiesOf({ headers }: PageAnswer): string {
  return [headers['set-cookie'] ?? []]
    .flat()
    .map((set) => set.split(';')[0])
    .join('; ');
}
