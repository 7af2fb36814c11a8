import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classOfCode, codeIn } from '../../src/core/whatsapp-codes.js';

const CLASSES: readonly (readonly [object, readonly number[]])[] = [
  [{ kind: 'throttled', scope: 'everyone' }, [130429, 4, 80007]],
  [{ kind: 'throttled', scope: 'person' }, [131056]],
  [{ kind: 'transient' }, [1, 2, 131000, 131016, 133004, 131057]],
  [{ kind: 'refused', reason: 'not-now' }, [131049, 130472]],
  [{ kind: 'refused', reason: 'opted-out' }, [131050]],
  [{ kind: 'refused', reason: 'not-on-whatsapp' }, [131026]],
  [{ kind: 'refused', reason: 'not-reachable' }, [131021, 131030, 130403, 130497, 131047]],
  [
    { kind: 'refused', reason: 'row-data' },
    [132000, 132005, 132012, 132018, 131008, 131009, 100, 131051, 131052, 131053],
  ],
  [
    { kind: 'halt', halt: 'halt.template' },
    [132001, 132007, 132015, 132016, 132068, 132069, 134100, 134101, 134102, 131055, 131063],
  ],
  [
    { kind: 'halt', halt: 'halt.account' },
    [
      ...[190, 0, 3, 10, 200, 230, 299, 131005, 368, 131031, 131042, 131045, 131048, 131037],
      ...[133005, 133006, 133007, 133008, 133009, 133010, 133015, 133016, 131064],
    ],
  ],
];

describe('a WhatsApp code', () => {
  test.each(CLASSES)('is of class %o', (expected, codes) => {
    for (const code of codes) expect([code, classOfCode(code)]).toEqual([code, expected]);
  });

  test('that is not known has no class', () => {
    for (const code of [5, 99, 199, 300, 404, 429, 500, 131999, 999999]) expect(classOfCode(code)).toBeNull();
  });
});

describe('the code in a body', () => {
  test.each<[string, string, number | null]>([
    ['stands in a text', '{"message":"(#131026) Message undeliverable"}', 131026],
    ['may be small in a text', '{"message":"(#4) Application request limit reached"}', 4],
    ['stands in a field', '{"error":{"code":131047}}', 131047],
    ['stands in a field as a text', '{"errorCode":"131047"}', 131047],
    ['stands in a field of JSON inside a text', JSON.stringify({ detail: '{"error_code": 131047}' }), 131047],
    ['is found behind one that is not known', '{"message":"(#999999) (#131026)"}', 131026],
    ['is found behind the provider’s own', '{"code":400,"error":{"code":132001}}', 132001],
    ['is not the HTTP status that a provider repeats', '{"success":false,"code":200,"errorCode":4}', null],
    ['may be small inside Meta’s error', '{"error":{"message":"x","type":"OAuthException","code":190}}', 190],
    ['may be small beside a trace', '{"error":{"code":4,"fbtrace_id":"A1"}}', 4],
    [
      'is Meta’s, not the status that the provider put around it',
      '{"success":false,"code":200,"error":{"code":131026,"error_data":{"details":"x"},"fbtrace_id":"A1"}}',
      131026,
    ],
    [
      'may be small in Meta’s error although the provider repeats a status',
      '{"success":false,"code":200,"error":{"message":"x","type":"OAuthException","code":4,"fbtrace_id":"A1"}}',
      4,
    ],
    [
      'may be small in Meta’s error inside a text',
      JSON.stringify({ code: 200, detail: '{"error":{"type":"OAuthException","code":190}}' }),
      190,
    ],
    ['is no part of a longer number', '{"code":1310260}', null],
    ['is none in an empty body', '', null],
    ['is none where nothing is known', '{"code":987654}', null],
  ])('%s', (_what, body, code) => {
    expect(codeIn(body)).toBe(code);
  });

  test('is always one that has a class', () => {
    const pieces = fc.constantFrom(
      '(#',
      ')',
      '"code":',
      '"errorCode": "',
      '"fbtrace_id"',
      '{',
      '}',
      '190',
      '131026',
      '7',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (words) => {
        const code = codeIn(words.join(''));
        expect(code === null || classOfCode(code) !== null).toBe(true);
      }),
    );
  });
});
