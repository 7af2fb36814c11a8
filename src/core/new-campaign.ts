import type { CampaignType, TextEncoding } from './campaign.js';
import type { Translate } from './problem.js';

/** How a list is to be read, where somebody chose it; null: as it is found. */
export interface ReadListAs {
  /** Of a workbook. */
  readonly sheet: string | null;
  readonly encoding: TextEncoding | null;
  /** One character. */
  readonly delimiter: string | null;
}

/** The template of a new campaign whose real one nobody has named yet. */
export const EXAMPLE_TEMPLATE = 'my_template';

/** A recipients file that a person already has. */
export interface OwnRecipients {
  /** As it is to stand in the campaign file: relative to the folder, or absolute. */
  readonly file: string;
  readonly columns: readonly string[];
  /** Null: none was recognised; the proposal leaves it to be filled in. */
  readonly phoneColumn: string | null;
  readonly sampleRows: readonly (readonly string[])[];
  /** What somebody chose; left out: everything is found. */
  readonly readAs?: ReadListAs;
}

/** What a person answered; everything else is proposed. */
export interface InitAnswers {
  readonly template?: string;
  readonly type?: CampaignType;
  /** ISO 3166-1 alpha-2; null: every number has its country code. */
  readonly country?: string | null;
  /** Columns that fill the variables of the text, in this order; null: that one is to be filled in later. */
  readonly bodyColumns?: readonly (string | null)[];
  /** Names of those variables; left out: 1, 2 … */
  readonly bodyNames?: readonly string[];
  /** The same for the header; left out: it has no variables. */
  readonly headerColumns?: readonly (string | null)[];
  readonly headerNames?: readonly string[];
}

/** What a campaign is proposed for. */
export interface AskedProposal {
  readonly folderName: string;
  readonly csv: OwnRecipients | null;
  readonly answers: InitAnswers;
  /** Comments are in its language. */
  readonly translate: Translate;
}

/** Texts of the files that `init` writes. The caller writes them, and never over a file that exists. */
export interface ProposedCampaign {
  readonly campaignYaml: string;
  /** Null: the person's own file is used. */
  readonly recipientsCsv: string | null;
  readonly envExample: string;
}
