import * as z from 'zod';
import { BOUNDS } from '../core/bounds.js';
import type { TextEncoding } from '../core/campaign.js';
import { checkedBaseUrl, checkedFileUrl, checkedUrl } from '../core/checked-url.js';
import { ok } from '../core/problem.js';
import {
  type Bounds,
  MOST_CONCURRENT,
  parseDuration,
  parsePercentage,
  parseRate,
  parseRecipientLimit,
  WRITTEN,
} from '../core/quantities.js';
import { parseDays, parseLocalMoment, parseTimezone, parseWindow, WRITTEN_WINDOW } from './calendar.js';
import { choiceField, field, integerField, listField, section, switchField, textField } from './fields.js';
import { parseCountry, parseDelimiter, parseName, WRITTEN_NAME } from './identifiers.js';
import { templateText } from './text-section.js';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const TEXT = { type: 'string' } as const;

function duration(description: string, bounds: Bounds, example: string) {
  const editor = { ...TEXT, pattern: WRITTEN.duration.source, examples: [example] };
  return field({ parse: (text) => parseDuration(text, bounds), description, example, editor });
}

function percentage(description: string, bounds: Bounds, example: string) {
  const editor = { ...TEXT, pattern: WRITTEN.percentage.source, examples: [example] };
  return field({ parse: (text) => parsePercentage(text, bounds), description, example, editor });
}

function liquid(description: string, example: string) {
  return textField(description, example, { examples: [example] });
}

const recipients = section(
  'Who gets the message. The name of the file alone is enough when nothing else is to be said.',
  {
    file: textField('The CSV or Excel file (.csv or .xlsx), relative to this file.', 'recipients.csv', TEXT),
    sheet: textField(
      'Name of the sheet of an Excel file. Without it, the first visible one is read.',
      'Clientes',
    ).optional(),
    phone: textField(
      'Column with the phone number. Without it, the column is recognised by its name (phone, telefono, celular, whatsapp …).',
      'celular',
    ).optional(),
    country: field({
      parse: parseCountry,
      description: 'Country of numbers that are written without a country code: two letters (ISO 3166-1).',
      example: 'PE',
      editor: { ...TEXT, pattern: '^[A-Za-z]{2}$' },
    }).optional(),
    key: textField(
      'One message per phone and value of this column (an order, an invoice) instead of one per phone.',
      'order_id',
    ).optional(),
    delimiter: field({
      parse: parseDelimiter,
      description: 'What stands between the cells of a CSV; without it, it is found.',
      example: '";"',
      editor: { enum: ['auto', ',', ';', 'tab', '|'] },
    }).optional(),
    encoding: choiceField<'auto' | TextEncoding>(
      'Encoding of a CSV; without it, it is found.',
      ['auto', 'utf-8', 'utf-16le', 'windows-1252'],
      { utf8: 'utf-8', 'latin-1': 'windows-1252' },
    ).optional(),
    landlines: choiceField('What to do with numbers that are landlines for certain.', [
      'reject',
      'accept',
    ]).optional(),
    wire: section('Other forms of numbers on the wire, for accounts that need them.', {
      MX: choiceField('Mexico: 52 and ten digits (usual), or 521 and ten digits.', ['52', '521']).optional(),
      AR: choiceField('Argentina: 549… (usual), or 54… without the 9.', ['549', '54']).optional(),
    }).optional(),
  },
  TEXT,
);

const variables = section(
  'The values of the template. Without it, CSV columns body.NAME and header.NAME are used.',
  {
    body: z
      .record(z.string(), liquid('A value, Liquid over the columns of the row.', '{{ nombre | capitalize }}'))
      .meta({ description: 'Variables of the text, named as in the template, in this order.' })
      .optional(),
    header: z
      .record(z.string(), liquid('A value, Liquid over the columns of the row.', '{{ producto }}'))
      .meta({ description: 'Variables of the header, named as in the template, in this order.' })
      .optional(),
  },
);

const attachment = section('Attachment of the header; needs `provider.api: current`.', {
  url: field({
    // What a row fills in is judged with the row.
    parse: (text) => (/\{[{%]/u.test(text) ? ok(text) : checkedFileUrl(text.trim())),
    description: 'Address of the file, Liquid over the columns of the row.',
    example: '{{ pdf }}',
    editor: { type: ['string', 'number', 'boolean'], examples: ['{{ pdf }}'] },
  }),
  name: liquid('Name that the person sees.', 'factura.pdf'),
});

const provider = section('Who carries the messages.', {
  name: choiceField('The provider.', ['plazbot']).optional(),
  api: choiceField('classic: the documented API. current: the newer one, with attachments.', [
    'classic',
    'current',
  ]).optional(),
  baseUrl: field({
    parse: checkedBaseUrl,
    description: 'Address of the API; PLAZBOT_BASE_URL in the environment is stronger.',
    example: 'https://api.plazbot.com',
    editor: { ...TEXT, format: 'uri' },
  }).optional(),
  zone: choiceField('Instead of baseUrl: LA (api.plazbot.com) or EU (apieu.plazbot.com).', [
    'LA',
    'EU',
  ]).optional(),
});

const limits = section('How much may go out, counted over all campaigns of the workspace.', {
  perDay: integerField('People in any 24 hours.', { min: 1, max: 10_000_000 }, '1000').optional(),
  perRecipient: field({
    parse: parseRecipientLimit,
    description: 'Messages to one person in a time.',
    example: '1 per 7d',
    editor: { ...TEXT, pattern: WRITTEN.recipientLimit.source, examples: ['1 per 7d'] },
  }).optional(),
});

const schedule = section('When it may send. Outside of it, `send` waits.', {
  notBefore: field({
    parse: parseLocalMoment,
    description: 'Local date and time of the first message.',
    example: '2026-03-21T09:00',
    editor: { ...TEXT, examples: ['2026-03-21T09:00'] },
  }).optional(),
  window: field({
    parse: parseWindow,
    description: 'Hours of a local day; 20:00-02:00 runs over midnight.',
    example: '09:00-20:00',
    editor: { ...TEXT, pattern: WRITTEN_WINDOW.source, examples: ['09:00-20:00'] },
  }).optional(),
  days: listField({
    parse: (texts) => parseDays(texts.join(',')),
    description: 'Days of the week, a range or a list.',
    example: 'mon-sat',
    editor: { type: ['string', 'array'], items: TEXT, examples: ['mon-sat', 'mon, wed, fri'] },
  }).optional(),
  timezone: field({
    parse: parseTimezone,
    description: 'recipient (by the country of the phone) or an IANA time zone. Default: recipient.',
    example: 'America/Lima',
    editor: { ...TEXT, examples: ['recipient', 'America/Lima', 'America/Mexico_City', 'Europe/Madrid'] },
  }).optional(),
});

const canary = section('The first few go out alone; the rest follows when they went well.', {
  first: integerField('How many go first.', { min: 1, max: 1_000_000 }, '20'),
  wait: duration('How long to wait after them.', { min: 0, max: 7 * DAY_MS }, '10m').optional(),
  maxFailures: percentage(
    'Largest share of failures with which the rest goes out.',
    { min: 0, max: 100 },
    '5%',
  ).optional(),
});

const stopWhen = section('When to stop by itself.', {
  failures: percentage(
    'Share of refusals among the last outcomes.',
    { min: 0.1, max: 100 },
    '20%',
  ).optional(),
  over: integerField(
    'How many outcomes that share is taken over.',
    { min: 1, max: 1_000_000 },
    '50',
  ).optional(),
  uncertain: integerField('Uncertain outcomes in one run.', { min: 1, max: 10_000_000 }, '20').optional(),
});

const uncertain = section('What to do about messages whose fate is unknown.', {
  settle: duration(
    'How long to wait before absence from the list counts.',
    { min: 0, max: 30 * DAY_MS },
    '15m',
  ).optional(),
  resend: choiceField('Send again what is proven absent: ask, auto, or never.', [
    'ask',
    'auto',
    'never',
  ]).optional(),
  control: textField(
    'Your own phone. It gets one test message when settling needs a newer message to check the list by; never with resend: never.',
    '"+51987654321"',
    { examples: ['+51987654321'] },
  ).optional(),
});

const notify = section('A notice at the end or halt of a run.', {
  webhook: field({
    parse: checkedUrl,
    description: 'Address that the summary is posted to as JSON.',
    example: 'https://hooks.example.com/plazcast',
    editor: { ...TEXT, format: 'uri' },
  }),
});

/** The campaign file: every key, how its value is read, and what editors are told. One source for both. */
export const campaignFileSchema = section('A campaign of plazcast.', {
  name: field({
    parse: parseName,
    description: 'Identity of the campaign in the ledger: lower case, digits, dashes.',
    example: 'spring-sale-2026',
    editor: { ...TEXT, pattern: WRITTEN_NAME.source, maxLength: 100 },
  }),
  template: textField('Name of the approved template.', 'spring_sale_es', {}, BOUNDS.campaignText.value),
  text: templateText.optional(),
  type: choiceField('Kind of conversation. Default: campaign.', ['campaign', 'individual', 'api'], {
    '1': 'campaign',
    '2': 'individual',
    '3': 'api',
  }).optional(),
  campaignName: textField(
    'Name of the campaign at the provider, sent as typed. Default: name. Not with type individual.',
    'Spring sale 2026',
    {},
    BOUNDS.campaignText.value,
  ).optional(),
  recipients,
  variables: variables.optional(),
  file: attachment.optional(),
  provider: provider.optional(),
  rate: field({
    parse: parseRate,
    description: 'Fastest rate: N/s, N/min or N/h. Default: 10/s.',
    example: '20/s',
    editor: { ...TEXT, pattern: WRITTEN.rate.source, examples: ['20/s', '1200/min', '5000/h'] },
  }).optional(),
  concurrency: integerField(
    'Requests at the same time. Default: 16.',
    { min: 1, max: MOST_CONCURRENT },
    '16',
  ).optional(),
  timeout: duration(
    'How long to wait for an answer. Short ones make uncertain deliveries. Default: 60s.',
    { min: SECOND_MS, max: 600 * SECOND_MS },
    '60s',
  ).optional(),
  attempts: integerField(
    'Transient refusals per person before giving up. Default: 5.',
    { min: 1, max: 100 },
    '5',
  ).optional(),
  onRejected: choiceField('May a file with rejected rows be sent at all? Default: skip.', [
    'skip',
    'stop',
  ]).optional(),
  limits: limits.optional(),
  schedule: schedule.optional(),
  canary: canary.optional(),
  stopWhen: stopWhen.optional(),
  uncertain: uncertain.optional(),
  suppress: listField({
    parse: (texts) => ok(texts),
    description: 'Files with numbers that get nothing, relative to this file.',
    example: '[do-not-contact.csv]',
    editor: { type: ['array', 'string'], items: TEXT },
  }).optional(),
  fixValues: switchField(
    'Repair white space in values instead of rejecting the row. Default: false.',
  ).optional(),
  notify: notify.optional(),
  cost: textField('Rate card: a CSV with country,category,price,currency.', 'rates.csv', TEXT).optional(),
});

/** The values of a campaign file, each checked by itself; defaults are not filled in yet. */
export type CampaignFile = z.output<typeof campaignFileSchema>;
