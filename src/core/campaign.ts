import type { TemplateText } from './template.js';

/** Plazbot's kind of a conversation: who started it and how it is grouped. */
export type CampaignType = 'campaign' | 'individual' | 'api';

/** Which of Plazbot's two APIs carries the send: the documented one, or the newer one with `sendType` and `file`. */
export type PlazbotApi = 'classic' | 'current';

/** What to do about deliveries that are proven absent from the provider's list. */
export type ResendPolicy = 'ask' | 'auto' | 'never';

/** Encodings a recipients file may declare. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'windows-1252';

/** How the recipients file is found and read. */
export interface RecipientsSource {
  /** Absolute path. */
  readonly file: string;
  /** Name of the sheet of a workbook; null: the first visible one. */
  readonly sheet: string | null;
  /** Name of the phone column, or null to recognise it. */
  readonly phoneColumn: string | null;
  /** ISO 3166-1 alpha-2 country for numbers without a country code, or null: then every number needs its code. */
  readonly country: string | null;
  /** Column whose value, with the phone, makes one duty to send; null: the phone alone. */
  readonly keyColumn: string | null;
  /** One character, or null to find it. */
  readonly delimiter: string | null;
  /** Or null to find it. */
  readonly encoding: TextEncoding | null;
  readonly landlines: 'reject' | 'accept';
  /** Country → prefix that replaces the default wire form, such as `{ MX: '521', AR: '54' }`. */
  readonly wire: Readonly<Record<string, string>>;
  /** Folder of the campaign file that names the file; left out: a person named it. */
  readonly within?: string;
}

/** One variable of the template and the Liquid text that fills it, in the order of the file. */
export interface VariableTemplate {
  readonly variable: string;
  readonly template: string;
}

/** Liquid texts over a row's columns; null in a campaign: the columns `body.NAME` and `header.NAME` are used. */
export interface VariableMapping {
  readonly body: readonly VariableTemplate[];
  readonly header: readonly VariableTemplate[];
}

/** A header attachment: both are Liquid texts over the row's columns. */
export interface FileTemplate {
  readonly url: string;
  readonly name: string;
}

/** How often one person may be written to, over all campaigns of the workspace. */
export interface RecipientLimit {
  readonly count: number;
  readonly perMs: number;
}

/** Minutes of a local day, from midnight; `toMinute` is excluded. A window may run over midnight. */
export interface DailyWindow {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** When a campaign may send. */
export interface Schedule {
  /** Local date and time as written (`2026-03-21T09:00`), read in `timezone`; null: at once. */
  readonly notBefore: string | null;
  /** null: all day. */
  readonly window: DailyWindow | null;
  /** ISO weekdays, Monday 1 to Sunday 7. */
  readonly days: readonly number[];
  /** An IANA zone, or `recipient`: by the country of the phone. */
  readonly timezone: string;
}

/** The first few go out alone, then a wait and a look at the failures. */
export interface Canary {
  readonly first: number;
  readonly waitMs: number;
  /** Largest share (0 to 1) of failures with which the rest goes out. */
  readonly maxFailures: number;
}

/** When to stop by itself. */
export interface StopWhen {
  /** Share (0 to 1) of refusals among the last `over` outcomes. */
  readonly failures: number;
  readonly over: number;
  /** Number of uncertain outcomes in one run. */
  readonly uncertain: number;
}

/** One's own phone, for the test message that makes a control. */
export interface ControlPhone {
  /** What goes on the wire. */
  readonly phone: string;
  readonly person: string;
  /** ISO 3166-1 alpha-2, or `''` where the number does not tell. */
  readonly country: string;
}

/** A campaign as the rest of plazcast sees it: checked, complete, defaults filled in, no credential. */
export interface Campaign {
  readonly name: string;
  /** Absolute path of the campaign file. */
  readonly file: string;
  /** Absolute path of its folder: reports and `rejected.csv` go there. */
  readonly folder: string;
  readonly template: string;
  /** Its approved text, as far as it is known; for previews and checks, never sent. */
  readonly text: TemplateText | null;
  readonly type: CampaignType;
  /** As sent, for types campaign and api; null for individual. */
  readonly campaignName: string | null;
  readonly recipients: RecipientsSource;
  readonly variables: VariableMapping | null;
  readonly attachment: FileTemplate | null;
  readonly provider: {
    readonly name: 'plazbot';
    readonly api: PlazbotApi;
    /** As written in the file or by its zone; null: the environment or the default decides. */
    readonly baseUrl: string | null;
  };
  readonly ratePerSecond: number;
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** Largest number of definite transient refusals per delivery, throttling not counted. */
  readonly attempts: number;
  readonly onRejected: 'skip' | 'stop';
  readonly limits: { readonly perDay: number | null; readonly perRecipient: RecipientLimit | null };
  readonly schedule: Schedule | null;
  readonly canary: Canary | null;
  readonly stopWhen: StopWhen;
  readonly uncertain: {
    readonly settleMs: number;
    readonly resend: ResendPolicy;
    /** Where a test message goes when settling wants for nothing but a control; null: nowhere. */
    readonly control: ControlPhone | null;
  };
  /** Absolute paths of do-not-contact files of this campaign. */
  readonly suppressFiles: readonly string[];
  readonly fixValues: boolean;
  readonly notifyWebhook: string | null;
  /** Absolute path of a rate card. */
  readonly rateCardFile: string | null;
}

/**
 * What delivering and settling need of a campaign whose recipients are in the ledger: nothing that names a file of one
 * machine.
 */
export type RunSettings = Pick<
  Campaign,
  | 'name'
  | 'template'
  | 'type'
  | 'campaignName'
  | 'provider'
  | 'ratePerSecond'
  | 'concurrency'
  | 'timeoutMs'
  | 'attempts'
  | 'limits'
  | 'schedule'
  | 'canary'
  | 'stopWhen'
  | 'uncertain'
  | 'notifyWebhook'
> & { readonly recipients: Pick<RecipientsSource, 'country'> };

/** What, when edited after people were accepted, makes it another campaign to them. */
export interface CampaignIdentity {
  readonly template: string;
  readonly type: CampaignType;
  readonly campaignName: string | null;
}
