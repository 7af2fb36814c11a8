import type { Problem } from './problem.js';

/** What stands above a template's text in place of words. */
export type HeaderMedia = 'image' | 'video' | 'document' | 'location';

/** The approved text of a template, with its placeholders as they were saved (`{{1}}`, `{{nombre}}`), or filled. */
export interface TemplateText {
  readonly header: string | null;
  /** null: words, or no header at all. */
  readonly media: HeaderMedia | null;
  readonly body: string;
  readonly footer: string | null;
  /** What stands on the buttons. */
  readonly buttons: readonly string[];
}

/** A template as the provider's list tells of it; null: it does not tell. */
export interface ListedTemplate {
  readonly name: string;
  readonly language: string | null;
  /** The provider's own word, such as `MARKETING`. */
  readonly category: string | null;
  /** The provider's own word, such as `APPROVED`. */
  readonly status: string | null;
  readonly text: TemplateText | null;
}

/** The provider's list of templates at some moment (epoch milliseconds). */
export interface TemplateList {
  readonly readAt: number;
  readonly templates: readonly ListedTemplate[];
}

/** What is known of a provider's templates. */
export interface KnownTemplates {
  /** The list as it was read last; null: never. */
  readonly list: TemplateList | null;
  /** Why it could not be read just now; null: it was, or nobody tried. */
  readonly unread: Problem | null;
}

/** What is known of a campaign's template. */
export interface TemplateKnowledge {
  /** Where the text comes from; null: it is not known. */
  readonly source: 'campaign' | 'provider' | null;
  readonly text: TemplateText | null;
  /** When the provider's list was read (epoch milliseconds); null: never. */
  readonly listReadAt: number | null;
  /** Why it could not be read just now; null: it was, or nobody tried. */
  readonly unread: Problem | null;
  /** The list's record; null: the list was never read, or does not have the name. */
  readonly listed: ListedTemplate | null;
  /** Another name of the list that may have been meant. */
  readonly meant: string | null;
}

/** Names of the variables that a campaign gives values for. */
export interface GivenVariables {
  readonly header: readonly string[];
  readonly body: readonly string[];
}

/** Why a provider's list of templates could not be read. */
export type UnreadReason = 'absent' | 'credentials' | 'unreachable' | 'withheld' | 'slow' | 'answer';

/** What reading a provider's templates came to. */
export type TemplatesRead =
  | {
      readonly kind: 'read';
      readonly templates: readonly ListedTemplate[];
      /** Records that could not be understood. */
      readonly skipped: number;
    }
  | { readonly kind: 'unread'; readonly why: UnreadReason; readonly problem: Problem };
