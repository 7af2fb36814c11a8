import type { App } from '../app/app.js';
import type { Launcher } from '../app/launch/start-launches.js';
import type { Translate } from '../core/problem.js';
import type { CompanyLoginSettings } from '../core/team/company-login.js';
import type { Language } from '../locales/index.js';
import type { AnsweredRequest } from './watch/traffic.js';

/** What the page is made of: the use cases, where campaigns lie, and the sentences. */
export interface Site {
  /** As a command would have it. */
  readonly app: App;
  /** With what runs, and commands in processes of their own, are started. */
  readonly launcher: Launcher;
  /** Absolute path of the folder whose folders are campaigns; it need not exist yet. */
  readonly campaignsFolder: string;
  readonly says: Readonly<Record<Language, Translate>>;
  /** What is spoken where a browser asks for neither language. */
  readonly language: Language;
  readonly version: string;
  /** Told of a bug: the code that the reader was shown, what was thrown, and in which request; null: in none. */
  readonly bug: (code: string, error: unknown, requestId: string | null) => void;
  /** Told of every request once it was answered. */
  readonly answered: (request: AnsweredRequest) => void;
  /** Where people may log in with the account of their company; null: nowhere. */
  readonly companyLogin: CompanyLoginSettings | null;
  /** With this the metrics may be read from elsewhere; null: from this machine alone. */
  readonly metricsToken: string | null;
}
