/**
 * Ranges of IPv4 that no server of the open internet has: first octets as a number, and how many bits count
 * (https://www.iana.org/assignments/iana-ipv4-special-registry). 127/8 is this machine and judged elsewhere.
 */
const CLOSED_IPV4: readonly (readonly [first: number, bits: number])[] = [
  [ipv4(0, 0, 0, 0), 8],
  [ipv4(10, 0, 0, 0), 8],
  [ipv4(100, 64, 0, 0), 10],
  [ipv4(127, 0, 0, 0), 8],
  [ipv4(169, 254, 0, 0), 16],
  [ipv4(172, 16, 0, 0), 12],
  [ipv4(192, 0, 0, 0), 24],
  [ipv4(192, 168, 0, 0), 16],
  [ipv4(198, 18, 0, 0), 15],
  [ipv4(224, 0, 0, 0), 3],
  // Public in form, and in every machine of Azure its host: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
  [ipv4(168, 63, 129, 16), 32],
];

/** Names that only a network of one's own knows; clouds keep a machine's credentials under the first (`metadata.google.internal`). */
const CLOSED_NAMES = /(?:^|\.)(?:internal|local|localhost|localdomain|lan|home\.arpa)\.?$/u;

/**
 * Whether a host, as `URL.hostname` gives it, may be a server of the open internet: no address of a private network,
 * of a link or of a cloud's metadata, in whatever form it was written (`URL` has made one of them), and no name that
 * is known only there. What a name leads to is not asked.
 */
export function isPublicHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return isPublicIpv6(groupsOf(hostname.slice(1, -1)));
  const octets = /^\d+\.\d+\.\d+\.\d+$/u.test(hostname) ? hostname.split('.').map(Number) : null;
  if (octets !== null) return isPublicIpv4(octets.reduce((sum, octet) => sum * 256 + octet, 0));
  return hostname.includes('.') && !CLOSED_NAMES.test(hostname);
}

function ipv4(...octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

function isPublicIpv4(address: number): boolean {
  return !CLOSED_IPV4.some(([first, bits]) => {
    const size = 2 ** (32 - bits);
    return address >= first && address < first + size;
  });
}

/** The eight groups of an address that `URL` has written: lower case, at most one `::`, no dotted end. */
function groupsOf(address: string): readonly number[] {
  const [before = '', behind] = address.split('::');
  const numbers = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  if (behind === undefined) return numbers(before);
  const [head, tail] = [numbers(before), numbers(behind)];
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** Only 2000::/3 is given out; within it, and in 64:ff9b::/96, addresses may hold one of IPv4. */
function isPublicIpv6(groups: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0] = groups;
  const last = groups.slice(6);
  if (first === 0x64 && second === 0xff9b) return isPublicIpv4(ofGroups(last));
  if (first === 0x2002) return isPublicIpv4(ofGroups([second, third]));
  return first >= 0x2000 && first < 0x4000;
}

function ofGroups([high = 0, low = 0]: readonly number[]): number {
  return high * 0x10000 + low;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/u;

/** Whether a host, as addresses and requests name it (without its port), is this machine itself. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
