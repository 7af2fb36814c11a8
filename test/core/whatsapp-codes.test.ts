import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classOfCode, codeIn, newCodeIn } from '../../src/core/whatsapp-codes.js';

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

/** A request as a provider repeats it beside its error, with texts of the recipients file in it. */
const ECHO = {
  template: '(#131026)',
  campaignName: '(#131000) rebajas',
  variablesBody: [{ variable: '1', value: 'pedido (#2)', code: 131026, message: '(#131047)' }],
  message: '(#131050)',
};

describe('the code in an answer', () => {
  test.each<[string, unknown, number | null]>([
    ['stands in a text', { message: '(#131026) Message undeliverable' }, 131026],
    ['stands in a text of a problem document', { title: 'Bad', detail: 'Meta: (#131047) no' }, 131047],
    ['stands in a field', { error: { code: 131047 } }, 131047],
    ['stands in a field as a text', { errorCode: '131047' }, 131047],
    ['stands in one of several errors', { errors: [{ code: 999999 }, { code: 131047 }] }, 131047],
    ['stands in an error that is a text', { error: '(#131026)' }, 131026],
    ['stands in the error of the data', { data: { error: { code: 131026 } } }, 131026],
    ['stands in a field of JSON inside a text', { detail: '{"error_code": 131047}' }, 131047],
    ['stands in JSON behind some words', { message: 'Meta said 400: {"error":{"code":131026}}.' }, 131026],
    ['stands in JSON that was encoded twice', { detail: JSON.stringify('{"code":131026}') }, 131026],
    ['stands in JSON that was cut off', { detail: '{"error":{"message":"(#131026) Mess' }, 131026],
    ['is found behind one that is not known', { message: '(#999999) (#131026)' }, 131026],
    ['is found behind the provider’s own', { code: 400, error: { code: 132001 } }, 132001],
    ['is not the HTTP status that a provider repeats', { code: 200, errorCode: 4 }, null],
    ['is no part of a longer number', { code: 1310260, message: '(#1310260)' }, null],
    ['is no fraction', { code: 131026.5 }, null],
    ['is none where nothing is known', { code: 987654 }, null],
    ['is none in an empty answer', {}, null],
    ['is none in what is no object', 131026, null],
  ])('%s', (_what, answer, code) => {
    expect(codeIn(answer, false)).toBe(code);
  });

  test.each<[string, unknown, number | null]>([
    ['in Meta’s error', { error: { message: 'x', type: 'OAuthException', code: 190 } }, 190],
    ['beside a trace', { error: { code: 4, fbtrace_id: 'A1' } }, 4],
    ['in a text of Meta’s error', { error: { message: '(#4) Too many', fbtrace_id: 'A1' } }, 4],
    ['in Meta’s details', { error: { error_data: { details: '(#10) No' }, fbtrace_id: 'A1' } }, 10],
    ['in Meta’s error inside a text', { detail: '{"error":{"type":"OAuthException","code":190}}' }, 190],
    [
      'in Meta’s error although the provider repeats a status',
      {
        success: false,
        code: 200,
        error: { message: 'x', type: 'OAuthException', code: 4, fbtrace_id: 'A' },
      },
      4,
    ],
    ['nowhere else in a text', { message: '(#4) Application request limit reached' }, null],
    ['nowhere else in a field', { error: { code: 4, type: 'TooMany' } }, null],
  ])('may be small %s', (_what, answer, code) => {
    expect(codeIn(answer, false)).toBe(code);
  });

  test.each<[string, unknown, number | null]>([
    ['where it begins a text', { message: '(#368) Temporarily blocked' }, 368],
    ['behind the word that begins a text', { message: 'Error de Meta: (#100) Invalid parameter' }, 100],
    ['not where a text only mentions it', { message: 'No se pudo enviar "pedido (#230)"' }, null],
    ['in a field, where no HTTP status is like it', { success: false, message: 'x', code: 190 }, 190],
    ['in a field of the error', { error: { code: '368', message: 'Blocked' } }, 368],
    ['not in a field that may repeat a status', { message: 'x', code: 201, errorCode: 100 }, null],
  ])('may have three digits %s', (_what, answer, code) => {
    expect(codeIn(answer, false)).toBe(code);
  });

  test.each<[string, unknown]>([
    ['beside the error', { success: false, message: 'Failed.', code: 500, ...without(ECHO, 'message') }],
    [
      'under any name',
      { success: false, message: 'Failed.', request: ECHO, requestBody: JSON.stringify(ECHO) },
    ],
    ['as the data', { success: false, message: 'Failed.', data: ECHO }],
    [
      'inside the error',
      { success: false, error: { message: 'Failed.', request: ECHO, config: { data: ECHO } } },
    ],
    ['as JSON in the message', { success: false, message: JSON.stringify(without(ECHO, 'message')) }],
    ['as JSON behind words', { message: `Cannot send ${JSON.stringify(without(ECHO, 'message'))} now` }],
  ])('is never one of the request that is repeated %s', (_what, answer) => {
    expect(codeIn(answer, false)).toBeNull();
  });

  test.each<[string, unknown, boolean, number | null]>([
    ['in a text', { message: 'Failed: (#131999) Something new' }, false, 131999],
    ['in a field', { code: 400, error: { code: 131999 } }, false, 131999],
    ['not where the provider failed itself', { message: '(#131999)' }, true, null],
    ['not of another range', { code: 400, message: '(#987654)', errorCode: 140000 }, false, null],
    ['not in what is repeated', { message: 'Failed.', data: ECHO, request: { code: 131999 } }, false, null],
  ])('that has no class is told %s', (_what, answer, isFailure, code) => {
    expect(newCodeIn(answer, isFailure)).toBe(code);
  });

  test('is looked for in bounded depth', () => {
    const deep = Array.from({ length: 200_000 }).reduce<unknown>((error) => ({ error }), { code: 131026 });
    expect(codeIn(deep, false)).toBeNull();
  });

  test('is always one that has a class', () => {
    const text = fc
      .array(fc.constantFrom('(#', ')', '190', '131026', '7', ' ', '{"code":', '}', '"'), { maxLength: 9 })
      .map((words) => words.join(''));
    const { answer } = fc.letrec<{ answer: unknown }>((tie) => ({
      answer: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer({ min: 0, max: 140_000 }),
        fc.array(tie('answer'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('message', 'error', 'code', 'data', 'fbtrace_id'), tie('answer')),
      ),
    }));
    fc.assert(
      fc.property(answer, (value) => {
        const code = codeIn(value, false);
        expect(code === null || classOfCode(code) !== null).toBe(true);
      }),
    );
  });
});

function without<T extends object>(object: T, name: keyof T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)) as Partial<T>;
}
