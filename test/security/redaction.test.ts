import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REDACTED, redacted, redactor } from '../../src/core/redaction.js';
import { ECHOES, echoesIn, everyEcho } from './echoes.js';

const WORKSPACE = 'c4n4ry-Workspace-5f3a91d07be2';
const KEY = 'pb/77+Ab?91&cc04d7e"x_Z~k=';
const redact = redactor([WORKSPACE, null, '', KEY]);

describe.each([WORKSPACE, KEY])('the credential %s', (secret) => {
  test.each(ECHOES)('is hidden $name', ({ of, core = of }) => {
    const text = redact(`no access for ${of(secret)}, ask us`);
    expect(text.startsWith('no access for ')).toBe(true);
    expect(text.endsWith(', ask us')).toBe(true);
    expect(text).toContain(REDACTED);
    expect(text.toLowerCase()).not.toContain(core(secret).replace(/…$/u, '').toLowerCase());
    expect(echoesIn(text, [secret])).toEqual([]);
  });
});

test('any credential is hidden in any surroundings, and nothing else is', () => {
  const secrets = fc.stringMatching(/^[!-~]{16,60}$/u);
  const deps = fc.string({ maxLength: 30 });
  fc.assert(
    fc.property(secrets, deps, deps, (secret, before, after) => {
      const hide = redactor([secret]);
      for (const { name, of } of ECHOES)
        expect(echoesIn(hide(`${before} ${of(secret)} ${after}`), [secret]), name).toEqual([]);
      fc.pre(!(before + after).includes(secret.slice(0, 8)));
      expect(hide(`${before} ${after}`)).toBe(`${before} ${after}`);
    }),
    // A credential costs a pattern, an echo of it next to nothing: each meets all of them.
    { numRuns: 20 },
  );
});

test.each([
  '!!!!!!!!!!!!!!!%00!!!!!!!!!!!!!!!!',
  'aaaaaaaaaaaaaaaa&#65;aaaaaaaaaaaaaaa',
  'bbbbbbbbbbbbbbbb\\u0041bbbbbbbbbbbbbbb',
])('a credential whose first half ends within what looks like an escape is hidden: %s', (secret) => {
  const hide = redactor([secret]);
  for (const { name, of } of ECHOES) expect(echoesIn(hide(`x ${of(secret)} y`), [secret]), name).toEqual([]);
});

describe('a text that is to be cut', () => {
  const long = `${'x'.repeat(90)} ${KEY} ${'y'.repeat(500)} ${WORKSPACE} end`;

  test('is cut after the credentials are gone, wherever the cut falls', () => {
    const whole = redact(long);
    for (let most = 0; most <= whole.length + 3; most += 1)
      expect(redact(long, most)).toBe(whole.slice(0, most));
  });

  test('costs no more than its beginning', () => {
    const endless = `${everyEcho([KEY])} `.repeat(20_000);
    const start = redact(endless, 300);
    expect(start).toHaveLength(300);
    expect(echoesIn(start, [KEY])).toEqual([]);
  });
});

describe('a short credential, or one of digits alone', () => {
  const hide = redactor(['demo', '1234567890', 'w&s', 'ab', '']);

  test('is hidden where it stands by itself', () => {
    expect(hide('workspace demo, id=1234567890; w%26s')).toBe('workspace •••, id=•••; •••');
  });

  test('leaves words, numbers and phones alone that happen to hold it', () => {
    expect(hide('demolition of 51912345678901, about')).toBe('demolition of 51912345678901, about');
  });

  test('of fewer than three characters is none', () => {
    expect(hide('ab')).toBe('ab');
  });
});

test('without credentials every text stays as it is', () => {
  const nothing = redactor([null, '']);
  expect(nothing('a%20b')).toBe('a%20b');
  expect(nothing('abc', 2)).toBe('ab');
});

test('every text of a JSON value is rid of them, names of foreign fields among them', () => {
  const at = new Date(0);
  const value = { [KEY]: [{ deep: `x ${WORKSPACE}` }, 1, null, at], plain: true };
  expect(redacted(value, redact, 'foreign')).toEqual({
    '•••': [{ deep: 'x •••' }, 1, null, at],
    plain: true,
  });
  expect(redacted(value, redact, 'own')).toMatchObject({ [KEY]: [{ deep: 'x •••' }, 1, null, at] });
});
