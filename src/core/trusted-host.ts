/** Who named an address or a credential: the environment of the process, the `.env` of the working directory, or an option. */
export type SettingSource = 'environment' | '.env' | 'option';

/** Who says where a credential goes; `provider`: nobody but the provider's own documentation. */
export type AddressSource = SettingSource | 'provider' | 'campaign';

/** A host that a credential would go to. */
export interface Destination {
  /** As in `URL.host`: with its port, where that is not the usual one. */
  readonly host: string;
  readonly namedBy: AddressSource;
  /** Who named each of the credentials that would go there. */
  readonly credentials: readonly SettingSource[];
}

/** Hosts of the providers themselves, as their documentation names them. */
const PROVIDER_HOSTS: ReadonlySet<string> = new Set([
  'api.plazbot.com',
  'apieu.plazbot.com',
  'api.platica.mx',
  'app.chatbotx.io',
]);

/** This machine, with any port. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/u;

/**
 * Whether a credential may go to a host without anybody's word: to the providers' own, to this machine, and to one
 * that the same source named as every credential. A campaign file, which may come from somebody else, never decides
 * it alone, and `.env` does not redirect what the environment holds.
 */
export function isTrusted({ host, namedBy, credentials }: Destination): boolean {
  if (PROVIDER_HOSTS.has(host) || LOOPBACK.test(host)) return true;
  return credentials.every((source) => source === namedBy);
}
