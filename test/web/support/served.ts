import { request } from 'undici';
import { vi } from 'vitest';
import type { CliEnv, CliPlace } from '../../support/run-cli.js';

/** An answer of the page. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What a request has beside its path. */
export interface PageRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: string | FormData;
}

/** Values of a form's fields; several of one name in a list. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A page that is served in the process of the tests, and one browser that is logged in. */
export interface Served {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  readonly port: number;
  /** The address that the terminal printed; `servedPage` has used it up. */
  readonly address: string;
  readonly cookie: string;
  /** A request exactly as given: no cookie, no origin. */
  readonly ask: (path: string, request?: PageRequest) => Promise<PageAnswer>;
  /** Looks at a page as the browser does, until the list that it is about was read. */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<PageAnswer>;
  /** Sends a form as the browser does, token included; the answer is the redirect or the page. */
  readonly post: (path: string, fields: Fields) => Promise<PageAnswer>;
  /** Sends a form with files, as multipart. */
  readonly upload: (
    path: string,
    fields: Fields,
    files: Readonly<Record<string, { readonly name: string; readonly text: string | Buffer }>>,
  ) => Promise<PageAnswer>;
  readonly formToken: () => Promise<string>;
  /** An address that lets one more browser in. */
  readonly newAddress: () => Promise<string>;
  /** Ends the server as Ctrl-C does; resolves with its exit code. */
  readonly stop: () => Promise<number>;
}

/** Starts `plazcast serve` on a free port in this place, and enters it. */
export async function servedPage(
  place: CliPlace,
  args: readonly string[] = ['--campaigns', '.'],
  env: CliEnv = {},
): Promise<Served> {
  const run = place.begin(['serve', '--port', '0', '--no-open', ...args], env);
  const address = await vi.waitFor(() => addressIn(run.said()), { timeout: 60_000, interval: 20 });
  return enteredPage(address, async () => {
    run.stop();
    return (await run.ended).code;
  });
}

/** Enters a page by what its server said on the terminal; `stop` ends that server. */
export async function enteredPage(said: string, stop: Served['stop']): Promise<Served> {
  const address = addressIn(said);
  const { origin: url, port, pathname, search } = new URL(address);
  const ask = (path: string, given: PageRequest = {}): Promise<PageAnswer> => answerOf(url + path, given);
  const cookie = cookieIn(await ask(pathname + search));
  const get: Served['get'] = (path, headers = {}) =>
    arrived(path, (asked) => ask(asked, { headers: { cookie, ...headers } }));
  const formToken = async (): Promise<string> => tokenIn((await get('/workspace')).text);
  const post = async (path: string, body: string | FormData): Promise<PageAnswer> =>
    ask(path, {
      method: 'POST',
      headers: {
        cookie,
        origin: url,
        'sec-fetch-site': 'same-origin',
        ...(typeof body === 'string' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      body,
    });
  return {
    url,
    port: Number(port),
    address,
    cookie,
    ask,
    get,
    formToken,
    post: async (path, fields) => post(path, encoded({ form_token: await formToken(), ...fields })),
    upload: async (path, fields, files) => {
      const form = new FormData();
      for (const [name, value] of pairs({ form_token: await formToken(), ...fields }))
        form.append(name, value);
      for (const [name, file] of Object.entries(files)) form.append(name, new File([file.text], file.name));
      return post(path, form);
    },
    newAddress: async () => {
      const { text } = await post('/workspace/address', encoded({ form_token: await formToken() }));
      return addressIn(text.replaceAll('<', ' '));
    },
    stop,
  };
}

/** What a page says while a list is read by a process of its own, which may have to be started, and while a provider answers. */
const WAITS =
  /(?:The list is being read|leyendo la lista)(?::| …)|The test was sent\. The provider has not answered yet/u;

/** A page that waits for something goes on as in a browser: a busy machine shows it where an idle one has everything at once. */
async function arrived(asked: string, look: (path: string) => Promise<PageAnswer>): Promise<PageAnswer> {
  const first = await look(asked);
  const [, path] = WAITS.test(first.text) ? (/data-live="([^"]+)"/u.exec(first.text) ?? []) : [];
  if (path === undefined) return first;
  const part = await vi.waitFor(
    async () => {
      const { text } = await look(path.replaceAll('&amp;', '&'));
      if (WAITS.test(text)) throw new Error(`it still waits: ${text}`);
      return text;
    },
    { timeout: 60_000, interval: 50 },
  );
  if (part.includes('data-live-reload')) return look(asked);
  return { ...first, text: first.text.replace(WAITS, '') + part };
}

/** A form as browsers encode it. */
export function encoded(fields: Fields): string {
  return new URLSearchParams(pairs(fields)).toString();
}

/** The form token of a page. */
export function tokenIn(text: string): string {
  const [, token] = /name="form_token" value="([^"]+)"/u.exec(text) ?? [];
  if (token === undefined) throw new Error(`no form in: ${text}`);
  return token;
}

/** The digest of the campaign file that a form was made of. */
export function digestIn(text: string): string {
  const [, digest] = /name="digest" value="([0-9a-f]{64})"/u.exec(text) ?? [];
  if (digest === undefined) throw new Error(`no digest in: ${text}`);
  return digest;
}

/** What a browser would send back of a cookie; throws where none was set. */
export function cookieIn({ headers, text }: PageAnswer): string {
  const [set] = [headers['set-cookie'] ?? []].flat();
  if (set === undefined) throw new Error(`no cookie: ${text}`);
  return set.split(';')[0] ?? '';
}

function pairs(fields: Fields): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
}

async function answerOf(
  url: string,
  { method = 'GET', headers = {}, body }: PageRequest,
): Promise<PageAnswer> {
  const multipart = body instanceof FormData ? new Response(body) : null;
  const type = multipart?.headers.get('content-type');
  const bytes = multipart === null ? body : Buffer.from(await multipart.arrayBuffer());
  const answer = await request(url, {
    method,
    headers: { ...headers, ...(type == null ? {} : { 'content-type': type }) },
    body: (bytes as string | Buffer | undefined) ?? null,
  });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

function addressIn(said: string): string {
  const [address] = /http:\/\/\S+\/enter\?token=\S+/u.exec(said) ?? [];
  if (address === undefined) throw new Error(`no address in: ${said}`);
  return address;
}
