import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import PQueue from 'p-queue';

/** 32 MB and some tenths of a second: what each guess costs whoever has the ledger. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const MEMORY = 64 * 1024 * 1024;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Guesses of many at once neither fill the memory nor keep a request waiting for long. */
const AT_ONCE = 2;
const MOST_WAITING = 20;

const queue = new PQueue({ concurrency: AT_ONCE });

/** Whether so many passwords are being looked at that another one would wait for long. */
export function passwordsBusy(): boolean {
  return queue.size >= MOST_WAITING;
}

/** What is kept of a password: its cost, a salt, and what they make of it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return stored(COST, salt, await queue.add(() => derived(password, salt, COST, KEY_BYTES)));
}

/** Whether this is the password. Takes as long where there is none. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const { cost, salt, key } = parsed(hash) ?? NOBODY;
  const given = await queue.add(() => derived(password, salt, cost, key.length));
  return timingSafeEqual(given, key) && hash !== null;
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const NOBODY = { cost: COST, salt: randomBytes(SALT_BYTES), key: randomBytes(KEY_BYTES) };

function derived(password: string, salt: Buffer, cost: Cost, bytes: number): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: MEMORY };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, bytes, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

function stored({ N, r, p }: Cost, salt: Buffer, key: Buffer): string {
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

function parsed(hash: string | null): typeof NOBODY | null {
  const [, N = '', r = '', p = '', salt = '', key = ''] =
    /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/u.exec(hash ?? '') ?? [];
  if (key === '') return null;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return { cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') };
}
