import { rowSentence } from '../core/row-sentence.js';
import type { Language } from '../locales/index.js';
import { formatFor } from '../markup/format.js';
import type { Background } from './background/background.js';
import type { Session } from './http/sessions.js';
import type { Site } from './site.js';
import type { Asked, Visit } from './visit.js';

/** What a request says of itself. */
export interface VisitFacts {
  readonly site: Site;
  readonly session: Session;
  readonly background: Background;
  readonly language: Language;
  readonly url: URL;
  readonly parts: Readonly<Record<string, string>>;
  readonly newAddress: () => string;
}

/** Makes of a request what screens work with. Times are those of this machine's zone, where the reader sits. */
export function visitOf({ site, session, background, language, url, parts, newAddress }: VisitFacts): Visit {
  const translate = site.says[language];
  const asked: Asked = { trust: null };
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return {
    site,
    app: {
      ...site.app,
      // Nobody can be asked while a request waits: the question comes with the page, and its answer with the next form.
      mayTrust: async (destination) => {
        asked.trust = destination;
        return false;
      },
      translateReason: (reason, cell) => translate(rowSentence(reason, cell)),
    },
    language,
    translate,
    format: formatFor(language, timeZone),
    session,
    background,
    path: url.pathname,
    query: url.searchParams,
    part: (name) => parts[name] ?? '',
    newAddress,
    asked,
  };
}

/** The same visit with the hosts that its form vouches for. */
export function vouching(visit: Visit, hosts: readonly string[]): Visit {
  return { ...visit, app: { ...visit.app, trustHosts: [...visit.app.trustHosts, ...hosts] } };
}
