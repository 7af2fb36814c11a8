import { describe, expect, it } from 'vitest';
import { LIST_PROVIDERS } from '../../src/core/conversation.js';
import { type GivenOptions, readListOptions } from '../../src/core/conversation-options.js';
import { LIST_OPTION_TABLES } from '../../src/core/list-option-tables.js';
import { isCalendarDate } from '../../src/core/moments.js';
import { problemsOf, unwrapped } from '../support/results.js';

describe('options of a list', () => {
  it('have kebab-case names and a query parameter each', () => {
    const names = LIST_PROVIDERS.map((provider) => LIST_OPTION_TABLES[provider].map((spec) => spec.name));
    expect(names.flat().every((name) => /^[a-z]+(-[a-z]+)*$/u.test(name))).toBe(true);
    expect(names).toEqual([
      ['continuation-token'],
      ['limit', 'offset', 'channel-id', 'sort-by', 'sort-direction', 'tags', 'date', 'date-from', 'date-to'],
      [
        'bot-category',
        'assigned-id',
        'channel',
        'status',
        'keyword',
        'bot-enabled',
        'tags',
        'contact-filter',
        'cursor',
        'per-page',
        'sort',
      ],
    ]);
  });

  it('are filled with defaults', () => {
    expect([...unwrapped(readListOptions('platica', {}))]).toEqual([
      ['sort-by', 'creationDate'],
      ['sort-direction', 'asc'],
    ]);
  });

  it('keep ids as they were typed', () => {
    const options = unwrapped(readListOptions('platica', { 'channel-id': '007' }));
    expect(options.get('channel-id')).toBe('007');
  });

  it.each<[GivenOptions, string]>([
    [{ 'per-page': '0' }, 'list.option.integer'],
    [{ 'per-page': '1.5' }, 'list.option.integer'],
    [{ 'per-page': '9007199254740993' }, 'list.option.integer'],
    [{ channel: 'fax' }, 'list.option.choice'],
    [{ tags: 'unread,nonsense' }, 'list.option.choice'],
    [{ status: '' }, 'list.option.empty'],
    [{ keyword: ' ' }, 'list.option.empty'],
    [{ keyword: ['a', 'b'] }, 'list.option.once'],
    [{ 'bot-enabled': 'perhaps' }, 'list.option.boolean'],
    [{ 'contact-filter': '{broken' }, 'list.option.object'],
    [{ 'contact-filter': '[]' }, 'list.option.object'],
    [{ sort: '{}' }, 'list.option.objects'],
    [{ sort: '[1]' }, 'list.option.objects'],
  ])('%j is refused', (given, code) => {
    expect(problemsOf(readListOptions('chatbotx', given)).map((problem) => problem.code)).toEqual([code]);
  });

  it.each<[GivenOptions, unknown]>([
    [{ 'bot-enabled': '' }, true],
    [{ 'bot-enabled': true }, true],
    [{ 'bot-enabled': 'true' }, true],
    [{ 'bot-enabled': 'false' }, false],
    [{ 'per-page': 30 }, 30],
    [{ tags: ['UNREAD', 'blocked,unread'] }, ['unread', 'blocked']],
    [{ sort: '[{"a":1}]' }, [{ a: 1 }]],
    [{ 'contact-filter': '{"a":1}' }, { a: 1 }],
    [{ channel: 'WhatsApp' }, 'whatsapp'],
  ])('%j is read', (given, value) => {
    expect([...unwrapped(readListOptions('chatbotx', given)).values()]).toEqual([value]);
  });

  it('of another provider are refused, with the one that means the same', () => {
    const given = {
      'per-page': '5',
      cursor: 'x',
      status: 'unread',
      date: '2026-02-30',
      format: 'csv',
      'date-to': undefined,
    };
    expect(problemsOf(readListOptions('platica', given))).toEqual([
      { code: 'list.option.date', params: { option: 'date', value: '2026-02-30' } },
      {
        code: 'list.option.other-provider-use',
        params: { option: 'per-page', provider: 'platica', owner: 'chatbotx', use: 'limit' },
      },
      {
        code: 'list.option.other-provider-use',
        params: { option: 'cursor', provider: 'platica', owner: 'chatbotx', use: 'offset' },
      },
      {
        code: 'list.option.other-provider',
        params: { option: 'status', provider: 'platica', owner: 'chatbotx' },
      },
    ]);
  });

  it('that two providers share are named with both', () => {
    expect(problemsOf(readListOptions('plazbot', { tags: 'x' }))).toEqual([
      {
        code: 'list.option.other-provider',
        params: { option: 'tags', provider: 'plazbot', owner: 'platica, chatbotx' },
      },
    ]);
  });

  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2024-13-01', false],
    ['15/01/2024', false],
    ['2024-1-5', false],
  ])('the day %s exists: %s', (day, exists) => {
    expect(isCalendarDate(day)).toBe(exists);
  });
});
