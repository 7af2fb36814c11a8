import { describe, expect, it } from 'vitest';
import { addressOf, type ListEnd, listExitCode, textOrNull } from '../../src/core/conversation.js';
import {
  cellText,
  chooseColumns,
  conversationCells,
  conversationObject,
  RAW_COLUMN,
  valueAt,
} from '../../src/core/conversation-rows.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { conversation } from './conversation-sample.js';

const fields = { documented: ['topic', 'contact.city'], shown: ['contact.city'] };

describe('the columns of a list', () => {
  it("are the common ones and the provider's own when none are chosen", () => {
    const names = unwrapped(chooseColumns(null, fields)).map((column) => column.name);
    expect(names.slice(0, 3)).toEqual(['id', 'phone', 'name']);
    expect(names.at(-1)).toBe('contact.city');
  });

  it('are the chosen ones, in the order given', () => {
    const columns = unwrapped(chooseColumns(['raw.n', 'contact.city', 'id', 'topic'], fields));
    expect(conversationCells(conversation(), columns)).toEqual(['0', 'Lima', 'c1', '']);
  });

  it('are refused when unknown or none', () => {
    expect(
      problemsOf(chooseColumns(['id', 'nmae', 'raw.'], fields)).map(({ params }) => params),
    ).toMatchObject([{ column: 'nmae' }, { column: 'raw.' }]);
    expect(problemsOf(chooseColumns([], fields))).toEqual([{ code: 'list.column.none' }]);
  });

  it('give natural types in JSON and text in tables', () => {
    const columns = unwrapped(
      chooseColumns(['tags', 'archived', 'email', 'last_activity_at', 'created_at'], fields),
    );
    expect(conversationObject(conversation(), [...columns, RAW_COLUMN])).toEqual({
      tags: ['vip', 'lima'],
      archived: false,
      email: null,
      last_activity_at: '2026-01-02T00:00:00.000Z',
      created_at: null,
      raw: { contact: { city: 'Lima' }, n: 0 },
    });
    expect(conversationCells(conversation(), columns)).toEqual([
      'vip,lima',
      'false',
      '',
      '2026-01-02T00:00:00.000Z',
      '',
    ]);
  });

  it('cover every field of the common shape', () => {
    const columns = unwrapped(chooseColumns(null, { documented: [], shown: [] }));
    expect(conversationCells(conversation(), columns)).toHaveLength(columns.length);
  });

  it.each([
    [undefined, ''],
    [{ a: 1 }, '{"a":1}'],
    [[{ a: 1 }], '[{"a":1}]'],
    [0, '0'],
  ])('write %j as %s', (value, text) => {
    expect(cellText(value)).toBe(text);
  });

  it('reach into lists and never into prototypes', () => {
    expect(valueAt({ list: [{ id: 'x' }] }, 'list.0.id')).toBe('x');
    expect(valueAt({ list: [] }, 'list.constructor')).toBeNull();
    expect(valueAt({ a: 'text' }, 'a.length')).toBeNull();
  });
});

describe('the end of a reading', () => {
  const failed = (pages: number, cause: 'unreachable' | 'credentials' | 'answer' | 'loop'): ListEnd => ({
    kind: 'failed',
    cause,
    problem: { code: 'list.interrupted' },
    pages,
    records: pages,
    resume: null,
  });
  it.each<[ListEnd, number]>([
    [{ kind: 'complete', pages: 1, records: 0 }, 0],
    [failed(0, 'unreachable'), 5],
    [failed(0, 'credentials'), 5],
    [failed(0, 'answer'), 3],
    [failed(1, 'credentials'), 3],
    [failed(4, 'loop'), 3],
    [{ kind: 'interrupted', pages: 1, records: 1, resume: null }, 130],
  ])('%j has exit code %i', (end, code) => {
    expect(listExitCode(end)).toBe(code);
  });
});

describe('texts', () => {
  it('are null when blank', () => {
    expect([textOrNull(' a '), textOrNull(' '), textOrNull(null), textOrNull(undefined)]).toEqual([
      'a',
      null,
      null,
      null,
    ]);
  });

  it.each([
    ['tel:+51987654321', '51987654321', '+51987654321'],
    ['(01) 234-5678', '012345678', '(01) 234-5678'],
    ['\u202a+51 987 654 321\u202c', '51987654321', '+51 987 654 321'],
    ['+51\u2011987\u2011654\u2011321', '51987654321', '+51-987-654-321'],
    ['+٥١٩٨٧٦٥٤٣٢١', '51987654321', '+51987654321'],
    ['0051987654321', '51987654321', '0051987654321'],
    ['51987654321:12@s.whatsapp.net', '51987654321', '51987654321'],
  ])('%s is a phone', (text, phone, typedPhone) => {
    expect(addressOf(text)).toEqual({ addressKind: 'phone', phone, typedPhone });
  });

  it('of signs alone are no phone', () => {
    expect(addressOf('+ ()').addressKind).toBe('hash');
    expect(addressOf(undefined).addressKind).toBe('none');
  });
});
