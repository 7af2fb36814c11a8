import { expect, test } from 'vitest';
import { mayScrape } from '../../../src/web/watch/may-scrape.js';

const TOKEN = 'metrics-token-51c0ffee';
const LOCAL = '127.0.0.1';
const FAR = '203.0.113.9';

test.each([LOCAL, '127.9.8.7', '::1', '::ffff:127.0.0.1'])('a program of this machine may: %s', (peer) => {
  expect(mayScrape({ peer, behindProxy: false, headers: {} }, null)).toBe(true);
  expect(mayScrape({ peer, behindProxy: false, headers: {} }, TOKEN)).toBe(true);
});

test.each([FAR, '::ffff:203.0.113.9', '128.0.0.1', '127.0.0.1.evil.example', undefined])(
  'nobody else may without the token: %s',
  (peer) => {
    expect(mayScrape({ peer, behindProxy: false, headers: {} }, null)).toBe(false);
    expect(mayScrape({ peer, behindProxy: false, headers: {} }, TOKEN)).toBe(false);
    expect(
      mayScrape({ peer, behindProxy: false, headers: { authorization: `Bearer ${TOKEN}` } }, TOKEN),
    ).toBe(true);
    expect(
      mayScrape({ peer, behindProxy: false, headers: { authorization: `bearer ${TOKEN}` } }, TOKEN),
    ).toBe(true);
  },
);

test.each(['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'cf-connecting-ip'])(
  'a proxy on this machine stands for others: %s',
  (name) => {
    expect(mayScrape({ peer: LOCAL, behindProxy: false, headers: { [name]: LOCAL } }, null)).toBe(false);
    expect(mayScrape({ peer: LOCAL, behindProxy: false, headers: { [name]: '' } }, TOKEN)).toBe(false);
  },
);

test.each([
  `Bearer ${TOKEN} `,
  'Bearer',
  `Basic ${TOKEN}`,
  `Bearer ${TOKEN.slice(1)}`,
  `Bearer  ${TOKEN}`,
  TOKEN,
])('what is not the token is none: %s', (authorization) => {
  expect(mayScrape({ peer: FAR, behindProxy: false, headers: { authorization } }, TOKEN)).toBe(false);
});

test('where there is no token, none fits', () => {
  expect(mayScrape({ peer: FAR, behindProxy: false, headers: { authorization: 'Bearer null' } }, null)).toBe(
    false,
  );
});

test('behind a proxy nobody may without the token, from this machine neither', () => {
  const local = { peer: LOCAL, behindProxy: true };
  expect(mayScrape({ ...local, headers: {} }, TOKEN)).toBe(false);
  expect(mayScrape({ ...local, headers: {} }, null)).toBe(false);
  expect(mayScrape({ ...local, headers: { authorization: `Bearer ${TOKEN}` } }, TOKEN)).toBe(true);
});
