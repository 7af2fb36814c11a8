import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { isIP, SocketAddress } from 'node:net';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { teamUsers } from '../../app/team/change-team.js';
import { BOUNDS } from '../../core/bounds.js';
import { checkedBaseUrl } from '../../core/checked-url.js';
import type { Problem } from '../../core/problem.js';
import type { CompanyLoginSettings } from '../../core/team/company-login.js';
import { readOrdinary, unfitProblem } from '../../files/ordinary-file.js';
import { errorCode } from '../../files/unwritable-file.js';
import { LOOPBACK, type Reach } from '../../web/http/reach.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { integerOption } from '../options.js';
import { orFail } from '../problems.js';

const USUAL_PORT = 4_321;
const LAST_PORT = 65_535;

/**
 * Where the page is to listen. Others are let near it only if users log in and nobody on the way can read along: what is not
 * so ends the command.
 */
export async function reachOption(args: Args, cli: Cli): Promise<Reach> {
  const place = args.text('listen') === null ? loopback(args) : listenPlace(args);
  const proxy = proxyOption(args);
  const tls = await tlsOption(args, cli);
  if (args.text('listen') === null) {
    if (tls !== null) throw refused({ code: 'serve.tls-without-listen' });
    if (proxy === null) return { ...place, tls, proxy };
  }
  if (tls === null && proxy === null) throw refused({ code: 'serve.listen-unprotected' });
  if (orFail(await teamUsers(cli)).length === 0) throw refused({ code: 'serve.listen-no-users' });
  return { ...place, tls, proxy };
}

type ListenPlace = Pick<Reach, 'host' | 'port'>;

function loopback(args: Args): ListenPlace {
  return { host: LOOPBACK, port: integerOption(args, 'port', 0, LAST_PORT) ?? USUAL_PORT };
}

function listenPlace(args: Args): ListenPlace {
  if (args.text('port') !== null) throw refused({ code: 'serve.listen-and-port' });
  const value = args.required('listen');
  const [, newer, older = newer, port] =
    /^(?:\[([\da-f:.]+)\]|([\w-]+(?:\.[\w-]+)*)):(\d{1,5})$/iu.exec(value) ?? [];
  const isReadable =
    older !== undefined &&
    (newer === undefined || isIP(newer) === 6) &&
    // What ends in a number is an address, and no name.
    (!/(?:^|\.)\d+$/u.test(older) || isIP(older) !== 0) &&
    Number(port) <= LAST_PORT;
  if (!isReadable) throw refused({ code: 'serve.listen-unreadable', params: { value } });
  return { host: older, port: Number(port) };
}

function proxyOption(args: Args): Reach['proxy'] {
  const [value, address] = [args.text('behind-proxy'), args.text('proxy-address')];
  if (value === null) {
    if (address !== null) throw refused({ code: 'serve.proxy-address-alone' });
    return null;
  }
  const url = URL.canParse(value) ? new URL(value) : null;
  // Written with a path, a user or a question, the address would be longer than its origin.
  if (url === null || url.protocol !== 'https:' || url.href !== `${url.origin}/`)
    throw refused({ code: 'serve.proxy-unreadable', params: { value } });
  if (address !== null && isIP(address) === 0)
    throw refused({ code: 'serve.proxy-address-unreadable', params: { value: address } });
  return { origin: url.origin, address: address === null ? null : asPeer(address) };
}

/** As a connection tells of the other end. */
function asPeer(address: string): string {
  return new SocketAddress({ address, family: isIP(address) === 6 ? 'ipv6' : 'ipv4' }).address;
}

async function tlsOption(args: Args, { cwd }: Cli): Promise<Reach['tls']> {
  const [certPath, keyPath] = [args.text('tls-cert'), args.text('tls-key')];
  if (certPath === null && keyPath === null) return null;
  if (certPath === null || keyPath === null) throw refused({ code: 'serve.tls-half' });
  const [cert, key] = [await contentOf(resolve(cwd, certPath)), await contentOf(resolve(cwd, keyPath))];
  const certificate = understood(() => new X509Certificate(cert));
  if (certificate === null) throw refused({ code: 'serve.tls-no-certificate', params: { path: certPath } });
  const secret: KeyObject | null = understood(() => createPrivateKey(key));
  if (secret === null) throw refused({ code: 'serve.tls-no-key', params: { path: keyPath } });
  if (!certificate.checkPrivateKey(secret))
    throw refused({ code: 'serve.tls-strangers', params: { cert: certPath, key: keyPath } });
  // Too weak a key, for one.
  if (understood(() => createSecureContext({ cert, key })) === null)
    throw refused({ code: 'serve.tls-unfit', params: { path: certPath } });
  return { cert, key };
}

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readOrdinary(file, BOUNDS.tlsFile);
  } catch (error) {
    const detail = errorCode(error);
    throw refused(
      unfitProblem(error, BOUNDS.tlsFile) ?? {
        code: 'serve.tls-unreadable',
        params: { detail },
        at: { file },
      },
    );
  }
}

function understood<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function refused(problem: Problem): CommandFailure {
  return new CommandFailure(EXIT.unusable, [problem]);
}

/** The provider of identities that was named; null: none. What cannot be used ends the command. */
export function companyLoginIn(args: Args, { environment }: Cli): CompanyLoginSettings | null {
  const [issuer, clientId] = [args.text('oidc-issuer'), args.text('oidc-client-id')];
  if (issuer === null && clientId === null) return null;
  if (issuer === null || clientId === null)
    throw new CommandFailure(EXIT.unusable, [{ code: 'serve.oidc-both' }]);
  if (!checkedBaseUrl(issuer).ok)
    throw new CommandFailure(EXIT.unusable, [{ code: 'serve.oidc-issuer-wrong' }]);
  return { issuer, clientId, secret: environment.oidcClientSecret };
}
