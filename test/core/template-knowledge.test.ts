import { describe, expect, test } from 'vitest';
import type { KnownTemplates, ListedTemplate, TemplateText } from '../../src/core/template.js';
import {
  givenVariables,
  isApproved,
  knowledgeOf,
  mismatches,
  singleBraceWarnings,
  templateWarnings,
} from '../../src/core/template-knowledge.js';

function textOf(body: string, header: string | null = null): TemplateText {
  return { header, media: null, body, footer: null, buttons: [] };
}

function listed(changes: Partial<ListedTemplate> = {}): ListedTemplate {
  return {
    name: 'sale_es',
    language: 'es',
    category: 'MARKETING',
    status: 'APPROVED',
    text: textOf('Hola {{1}}'),
    ...changes,
  };
}

function known(...templates: readonly ListedTemplate[]): KnownTemplates {
  return { list: { readAt: 1_000, templates }, unread: null };
}

const NOTHING: KnownTemplates = { list: null, unread: null };
const ONE = { header: [], body: ['1'] };
const SALE = { template: 'sale_es', text: null };

describe('what is known of a template', () => {
  test('is the text of the campaign file before that of the list', () => {
    const own = textOf('Hola {{nombre}}');
    expect(knowledgeOf({ ...SALE, text: own }, ONE, known(listed()))).toMatchObject({
      source: 'campaign',
      text: own,
      listed: { status: 'APPROVED' },
    });
    expect(knowledgeOf(SALE, ONE, known(listed()))).toMatchObject({ source: 'provider', listReadAt: 1_000 });
  });

  test('is nothing without a list', () => {
    expect(knowledgeOf(SALE, ONE, NOTHING)).toEqual({
      source: null,
      text: null,
      listReadAt: null,
      unread: null,
      listed: null,
      meant: null,
    });
  });

  test('is, of several languages, the one that the variables fit; else an approved one; else one with a text', () => {
    const english = listed({ language: 'en', text: textOf('Hello {{name}}') });
    const spanish = listed({ text: textOf('Hola {{1}}') });
    const paused = listed({ language: 'pt', status: 'PAUSED', text: textOf('Olá {{1}}') });
    const bare = listed({ language: 'fr', text: null });
    const of = (...templates: readonly ListedTemplate[]) =>
      knowledgeOf(SALE, ONE, known(...templates)).listed?.language;
    expect(of(bare, english, spanish)).toBe('es');
    expect(of(paused, spanish)).toBe('es');
    expect(of(paused, english)).toBe('pt');
    expect(of(bare, english)).toBe('en');
    expect(of(bare)).toBe('fr');
  });

  test('names another template that may have been meant', () => {
    expect(knowledgeOf({ ...SALE, template: 'sales_es' }, ONE, known(listed())).meant).toBe('sale_es');
    expect(knowledgeOf({ ...SALE, template: 'appointment' }, ONE, known(listed())).meant).toBeNull();
  });
});

test.each([
  ['APPROVED', true],
  ['Active', true],
  ['Aprobada', true],
  ['1', true],
  ['', true],
  [null, true],
  ['PAUSED', false],
  ['not approved', false],
])('the status %j may be sent: %j', (status, may) => {
  expect(isApproved({ status })).toBe(may);
});

describe('the variables of a campaign', () => {
  test('are those of its file, else those that the columns name', () => {
    const mapped = { header: [], body: [{ variable: 'n', template: 'x' }] };
    expect(givenVariables({ variables: mapped }, ['body.1'])).toEqual({ header: [], body: ['n'] });
    expect(givenVariables({ variables: null }, ['phone', 'BODY.1', 'header.Título'])).toEqual({
      header: ['Título'],
      body: ['1'],
    });
  });

  test('must be those of the text: none missing, and none besides', () => {
    const text = textOf('Hola {{nombre}}, {{2}}', 'Pedido {{1}}');
    expect(mismatches(text, { header: ['{{1}}'], body: ['nombre', '{{2}}'] })).toEqual([]);
    expect(mismatches(text, { header: [], body: ['Nombre', '2', '3'] })).toEqual([
      { kind: 'missing', place: 'header', variable: '1', meant: null },
      { kind: 'unknown', place: 'body', variable: 'Nombre', meant: 'nombre' },
      { kind: 'unknown', place: 'body', variable: '3', meant: null },
      { kind: 'missing', place: 'body', variable: 'nombre', meant: null },
    ]);
    expect(mismatches(text, { header: ['1'], body: ['nombre', '2', 'x'] })).toEqual([
      { kind: 'unknown', place: 'body', variable: 'x', meant: null },
    ]);
  });
});

describe('a warning', () => {
  const NONE = { header: [], body: [] };
  const warned = (
    campaign: { template: string; text: TemplateText | null },
    templates: KnownTemplates,
    given = ONE as { header: readonly string[]; body: readonly string[] },
    anyName = false,
  ) =>
    templateWarnings(campaign, knowledgeOf(campaign, given, templates), given, anyName).map(
      ({ code }) => code,
    );
  const unread: KnownTemplates['unread'] = {
    code: 'templates.unread',
    params: { host: 'h', why: 'absent', detail: 'none' },
  };

  test('is not needed where the text is known and approved', () => {
    expect(warned(SALE, known(listed()))).toEqual([]);
    expect(warned({ ...SALE, text: textOf('Hola') }, NOTHING, NONE)).toEqual([]);
  });

  test('says that the text is not known, once', () => {
    expect(warned(SALE, NOTHING)).toEqual(['warning.template-text-unknown']);
    expect(warned(SALE, known(listed({ text: null })))).toEqual(['warning.template-text-unknown']);
    expect(warned(SALE, { list: null, unread })).toEqual(['templates.unread']);
    expect(warned({ ...SALE, text: textOf('Hola {{1}}') }, { list: null, unread })).toEqual([]);
  });

  test('says that there is no such template, unless every name is taken', () => {
    expect(warned({ ...SALE, template: 'other' }, known(listed()))).toEqual(['warning.template-absent']);
    const example = { ...SALE, template: 'my_template' };
    expect(warned(example, known(listed()))).toEqual(['warning.template-placeholder']);
    expect(warned({ ...SALE, template: 'other' }, known(listed()), ONE, true)).toEqual([
      'warning.template-text-unknown',
    ]);
  });

  test('says that a template is not approved', () => {
    expect(warned(SALE, known(listed({ status: 'PAUSED' })))).toEqual(['warning.template-status']);
  });

  test('says that nobody gets a value, where the text does not tell that this is right', () => {
    expect(warned(SALE, NOTHING, NONE)).toEqual(['warning.template-text-unknown', 'warning.no-variables']);
    expect(warned(SALE, known(listed({ text: textOf('Hola') })), NONE)).toEqual([]);
  });

  test.each([
    ['my_template', 'warning.template-placeholder'],
    ['Hola Clientes', 'warning.template-name'],
    ['promoción', 'warning.template-name'],
    ['spring-sale', 'warning.template-name'],
  ])('doubts the name %s', (template, warning) => {
    expect(warned({ ...SALE, template }, NOTHING)).toContain(warning);
    expect(warned({ ...SALE, template }, known(listed({ name: template })))).toEqual([]);
  });

  test.each([
    ['Hola {nombre}', '{nombre}', '{{ nombre }}'],
    ['{ Nombre completo }', '{ Nombre completo }', '{{ Nombre completo }}'],
  ])('asks of %j whether a column was meant', (template, typed, meant) => {
    const variables = { header: [], body: [{ variable: '1', template }] };
    expect(singleBraceWarnings({ variables })).toEqual([
      { code: 'warning.single-braces', params: { key: 'body.1', typed, meant } },
    ]);
  });

  test.each(['{{ nombre }}', '{% if a %}x{% endif %}', '{"a": 1}', '{}', 'plain'])(
    'asks nothing of %j',
    (template) => {
      const variables = { header: [{ variable: '1', template }], body: [] };
      expect(singleBraceWarnings({ variables })).toEqual([]);
      expect(singleBraceWarnings({ variables: null })).toEqual([]);
    },
  );
});
