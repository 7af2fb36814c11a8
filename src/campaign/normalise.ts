import { join, resolve } from 'node:path';
import type {
  Campaign,
  CampaignType,
  Canary,
  ControlPhone,
  RecipientsSource,
  Schedule,
  StopWhen,
  VariableMapping,
  VariableTemplate,
} from '../core/campaign.js';
import type { TemplateText } from '../core/template.js';
import type { CampaignFile } from './schema.js';
import type { Plain, YamlSource } from './yaml-source.js';

const MINUTE_MS = 60_000;
const DEFAULT_RATE_PER_SECOND = 10;
const DEFAULT_STOP_WHEN: StopWhen = { failures: 0.5, over: 100, uncertain: 50 };
const EVERY_DAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
const ZONES = { LA: 'https://api.plazbot.com', EU: 'https://apieu.plazbot.com' } as const;

/** Where a campaign was read from, and what stands outside of the checked values. */
interface Origin {
  readonly file: string;
  readonly folder: string;
  readonly variables: VariableMapping | null;
  readonly control: ControlPhone | null;
}

/** The campaign as everybody else sees it: defaults filled in, paths absolute, units fixed. */
export function campaignOf(read: CampaignFile, { file, folder, variables, control }: Origin): Campaign {
  const type: CampaignType = read.type ?? 'campaign';
  const near = (path: string) => resolve(join(folder), path);
  return {
    name: read.name,
    file,
    folder,
    template: read.template,
    text: textOf(read.text),
    type,
    campaignName: type === 'individual' ? null : (read.campaignName ?? read.name),
    recipients: { ...recipientsOf(read.recipients, near), within: folder },
    variables,
    attachment: read.file ?? null,
    provider: {
      name: 'plazbot',
      api: read.provider?.api ?? 'classic',
      baseUrl:
        read.provider?.baseUrl ?? (read.provider?.zone === undefined ? null : ZONES[read.provider.zone]),
    },
    ratePerSecond: read.rate ?? DEFAULT_RATE_PER_SECOND,
    concurrency: read.concurrency ?? 16,
    timeoutMs: read.timeout ?? MINUTE_MS,
    attempts: read.attempts ?? 5,
    onRejected: read.onRejected ?? 'skip',
    limits: {
      perDay: read.limits?.perDay ?? null,
      perRecipient: read.limits?.perRecipient ?? null,
    },
    schedule: scheduleOf(read.schedule),
    canary: canaryOf(read.canary),
    stopWhen: {
      failures: read.stopWhen?.failures ?? DEFAULT_STOP_WHEN.failures,
      over: read.stopWhen?.over ?? DEFAULT_STOP_WHEN.over,
      uncertain: read.stopWhen?.uncertain ?? DEFAULT_STOP_WHEN.uncertain,
    },
    uncertain: {
      settleMs: read.uncertain?.settle ?? 15 * MINUTE_MS,
      resend: read.uncertain?.resend ?? 'ask',
      control,
    },
    suppressFiles: (read.suppress ?? []).map(near),
    fixValues: read.fixValues ?? false,
    notifyWebhook: read.notify?.webhook ?? null,
    rateCardFile: read.cost === undefined ? null : near(read.cost),
  };
}

/** A text written over several lines of the file ends in a line break that nobody meant. */
function textOf(read: CampaignFile['text']): TemplateText | null {
  if (read === undefined) return null;
  const { header, body, footer, buttons } = read;
  const ended = (part: string | undefined): string | null => part?.trimEnd() ?? null;
  return {
    header: ended(header),
    media: null,
    body: body.trimEnd(),
    footer: ended(footer),
    buttons: (buttons ?? []).map((label) => label.trim()),
  };
}

function recipientsOf(read: CampaignFile['recipients'], near: (path: string) => string): RecipientsSource {
  const { MX, AR } = read.wire ?? {};
  return {
    file: near(read.file),
    sheet: read.sheet ?? null,
    phoneColumn: read.phone ?? null,
    country: read.country ?? null,
    keyColumn: read.key ?? null,
    delimiter: read.delimiter ?? null,
    encoding: read.encoding === undefined || read.encoding === 'auto' ? null : read.encoding,
    landlines: read.landlines ?? 'reject',
    wire: { ...(MX === undefined ? {} : { MX }), ...(AR === undefined ? {} : { AR }) },
  };
}

/** A schedule with its defaults: every day, all day, in the recipient's own time. */
export function scheduleOf(read: CampaignFile['schedule']): Schedule | null {
  if (read === undefined) return null;
  return {
    notBefore: read.notBefore ?? null,
    window: read.window ?? null,
    days: read.days ?? EVERY_DAY,
    timezone: read.timezone ?? 'recipient',
  };
}

function canaryOf(read: CampaignFile['canary']): Canary | null {
  if (read === undefined) return null;
  return { first: read.first, waitMs: read.wait ?? 10 * MINUTE_MS, maxFailures: read.maxFailures ?? 0.05 };
}

/**
 * Variables in the order of the file. They are taken from the YAML itself and not from a JavaScript object, which would put
 * keys like "10" and "2" into an order of its own.
 */
export function variablesOf(root: Plain, source: YamlSource): VariableMapping | null {
  const variables = childOf(root, 'variables');
  if (typeof variables !== 'object') return null;
  const part = (name: 'body' | 'header'): readonly VariableTemplate[] =>
    source.keysOf(['variables', name]).flatMap((variable) => {
      const template = childOf(childOf(variables, name), variable);
      return typeof template === 'string' ? [{ variable, template }] : [];
    });
  return { body: part('body'), header: part('header') };
}

function childOf(value: Plain | undefined, key: string): Plain | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const section = value as { readonly [key: string]: Plain };
  return Object.hasOwn(section, key) ? section[key] : undefined;
}
