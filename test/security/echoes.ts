/** A way in which a provider may repeat a credential. A new one is one line here. */
export interface Echo {
  readonly name: string;
  readonly of: (secret: string) => string;
  /** What of it would give the credential away, wherever it stands; left out: all of it. */
  readonly core?: (secret: string) => string;
}

const bytes = (secret: string): readonly number[] => [...Buffer.from(secret)];
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
/** The characters in the middle of a Base64 text that no neighbour of the credential changes. */
const middle = (text: string): string => text.replace(/=+$/u, '').slice(4, -4);
const swapped = (text: string): string =>
  Array.from(text, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  ).join('');

export const ECHOES: readonly Echo[] = [
  { name: 'as it is', of: (secret) => secret },
  { name: 'in capitals', of: (secret) => secret.toUpperCase() },
  { name: 'in small letters', of: (secret) => secret.toLowerCase() },
  { name: 'with case swapped', of: swapped },
  { name: 'as a bearer', of: (secret) => `Bearer ${secret}` },
  { name: 'percent-encoded', of: encodeURIComponent },
  {
    name: 'percent-encoded in every byte',
    of: (secret) =>
      bytes(secret)
        .map((byte) => `%${hex(byte)}`)
        .join(''),
  },
  { name: 'percent-encoded twice', of: (secret) => encodeURIComponent(encodeURIComponent(secret)) },
  { name: 'in a JSON string', of: (secret) => JSON.stringify(secret) },
  { name: 'in JSON in a JSON string', of: (secret) => JSON.stringify(JSON.stringify({ key: secret })) },
  {
    name: 'as JSON escapes',
    of: (secret) =>
      bytes(secret)
        .map((byte) => `\\u00${hex(byte)}`)
        .join(''),
  },
  { name: 'with escaped slashes', of: (secret) => secret.replaceAll('/', '\\/') },
  {
    name: 'as decimal entities',
    of: (secret) =>
      bytes(secret)
        .map((byte) => `&#${byte};`)
        .join(''),
  },
  {
    name: 'as hexadecimal entities',
    of: (secret) =>
      bytes(secret)
        .map((byte) => `&#x${hex(byte)};`)
        .join(''),
  },
  { name: 'with named entities', of: (secret) => secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;') },
  { name: 'in hex', of: (secret) => bytes(secret).map(hex).join('') },
  ...['', 'a', 'ab', 'Basic user:', '{"workspaceId":"'].flatMap((before) => [
    {
      name: `in Base64 behind ${JSON.stringify(before)}`,
      of: (secret: string) => base64(`${before}${secret}"}`),
      core: (secret: string) => middle(base64(' '.repeat(before.length % 3) + secret)),
    },
    {
      name: `in Base64 for addresses behind ${JSON.stringify(before)}`,
      of: (secret: string) => base64url(`${before}${secret}"}`),
      core: (secret: string) => middle(base64url(' '.repeat(before.length % 3) + secret)),
    },
  ]),
  { name: 'in Base64, percent-encoded', of: (secret) => encodeURIComponent(base64(secret)) },
  { name: 'in Base64 of small letters', of: (secret) => base64(secret.toLowerCase()) },
  { name: 'cut short', of: (secret) => `${secret.slice(0, Math.ceil(secret.length * 0.7))}…` },
];

/** All of them in one text, of several credentials. */
export function everyEcho(secrets: readonly string[]): string {
  return secrets.flatMap((secret) => ECHOES.map(({ of }) => of(secret))).join(' ; ');
}

/** The names of the echoes that a text holds, in any case: there must be none. */
export function echoesIn(text: string, secrets: readonly string[]): readonly string[] {
  const plain = text.toLowerCase();
  return secrets.flatMap((secret) =>
    ECHOES.filter(({ of, core = of }) => plain.includes(core(secret).replace(/…$/u, '').toLowerCase())).map(
      ({ name }) => `${secret} ${name}`,
    ),
  );
}
