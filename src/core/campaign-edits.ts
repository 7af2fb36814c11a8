import type { Result } from './problem.js';
import type { ReadCampaign } from './recipient.js';

/** A value as it is to stand in a campaign file: a text, a list, or names with texts in their order. */
export type WrittenValue =
  | string
  | readonly string[]
  | { readonly entries: readonly (readonly [string, string])[] };

/** One change of a campaign file. */
export interface CampaignEdit {
  /** Keys from the top of the file down, such as `['recipients', 'phone']`. */
  readonly path: readonly string[];
  /** null: it is taken out. */
  readonly value: WrittenValue | null;
}

/** Everything that stands in a campaign file, as it was typed. */
export type WrittenTree = string | readonly WrittenTree[] | { readonly [key: string]: WrittenTree };

/** What is done before a file is changed, with what stands there and what will. */
export type BeforeEdit = (before: WrittenTree, after: WrittenTree) => Promise<Result<null>>;

/** A campaign file as an editor has it. */
export interface CampaignSource {
  /** Absolute path. */
  readonly file: string;
  /** SHA-256 of its bytes: an edit names what it was made of. */
  readonly digest: string;
  /** Empty where it is no YAML. */
  readonly written: WrittenTree;
  /** What it says, or everything that is wrong with it. */
  readonly read: Result<ReadCampaign>;
}
