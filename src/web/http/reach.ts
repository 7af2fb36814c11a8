import { X509Certificate } from 'node:crypto';
import { type AddressInfo, isIP } from 'node:net';

/** Where the page listens, and how those who look at it come there. */
export interface Reach {
  /** An address of this machine, or a name of one. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** Who stands before the page, under which https address; `address`: where it asks from, null: from this machine. */
  readonly proxy: { readonly origin: string; readonly address: string | null } | null;
}

/** Under which names the page is asked for. */
export interface Front {
  /** What people type. */
  readonly url: string;
  readonly scheme: 'http' | 'https';
  /** Whether a request's `Host` is a name of this page: anything else is another site's name. */
  readonly isOwnHost: (host: string) => boolean;
}

/** This machine alone. */
export const LOOPBACK = '127.0.0.1';
const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/u;

/** Whether others than this machine's users can come to the page. */
export function isForOthers({ tls, proxy }: Reach): boolean {
  return tls !== null || proxy !== null;
}

/** How the page is asked for, now that its port is known. */
export function frontOf({ host, tls, proxy }: Reach, { port }: Pick<AddressInfo, 'port'>): Front {
  if (proxy !== null) {
    const { hostname, port: named } = new URL(proxy.origin);
    return front('https', hostname, named === '' ? 443 : Number(named), (name) => name === hostname);
  }
  if (tls === null) return front('http', LOOPBACK, port, (name) => name === LOOPBACK || name === 'localhost');
  const certificate = new X509Certificate(tls.cert);
  const own = EVERY_ADDRESS.has(host) ? null : bracketed(host.toLowerCase());
  const shown = own !== null && isFor(certificate, own) ? own : (firstName(certificate) ?? bracketed(host));
  return front('https', shown, port, (name) => name === own || isFor(certificate, name));
}

function front(
  scheme: Front['scheme'],
  shown: string,
  port: number,
  isOwnName: (name: string) => boolean,
): Front {
  // A browser leaves out the port that is usual.
  const usual = scheme === 'https' ? 443 : 80;
  const isOwnHost = (host: string): boolean => {
    const [, name, asked = usual] = HOST.exec(host.toLowerCase()) ?? [];
    return name !== undefined && Number(asked) === port && isOwnName(name);
  };
  return { url: `${scheme}://${shown}${port === usual ? '' : `:${port}`}`, scheme, isOwnHost };
}

/** Only the names that browsers look at count: not the one in the certificate's subject. */
function isFor(certificate: X509Certificate, name: string): boolean {
  const bare = name.replace(/^\[|\]$/gu, '');
  if (isIP(bare) !== 0) return certificate.checkIP(bare) !== undefined;
  return certificate.checkHost(bare, { subject: 'never' }) !== undefined;
}

/** The first name of a certificate that stands for itself. */
function firstName({ subjectAltName = '' }: X509Certificate): string | undefined {
  return /(?:^|, )DNS:([\w.-]+)(?:,|$)/u.exec(subjectAltName)?.[1];
}

function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
