import { waitingLedgers } from '../app/waiting-ledgers.js';
import { rowSentence } from '../core/row-sentence.js';
import { mayDo } from '../core/team/actor.js';
import type { Language } from '../locales/index.js';
import { type Format, formatFor, ownZone } from '../markup/format.js';
import type { Background } from './background/background.js';
import type { Session } from './http/sessions.js';
import type { NeededPermissions } from './needed-permissions.js';
import type { Site } from './site.js';
import type { Asked, Visit } from './visit.js';

/** What a request says of itself. */
export interface VisitFacts {
  readonly site: Site;
  readonly session: Session;
  readonly needed: NeededPermissions;
  readonly background: Background;
  readonly language: Language;
  readonly url: URL;
  readonly parts: Readonly<Record<string, string>>;
  readonly newAddress: () => string;
}

/** Makes of a request what screens work with. Times are those of this machine's zone, where the reader sits. */
export function visitOf(facts: VisitFacts): Visit {
  const { site, session, needed, background, language, url, parts, newAddress } = facts;
  const translate = site.says[language];
  const asked: Asked = { trust: null };
  const actor = session.user ?? { name: site.app.operator, roles: null };
  const may: Visit['may'] = (permission) => mayDo(actor, permission);
  return {
    site,
    app: {
      ...site.app,
      ledgers: waitingLedgers(site.app.ledgers, site.app.clock),
      operator: actor.name,
      roles: actor.roles,
      place: 'page',
      // Nobody can be asked while a request waits: the question comes with the page, and its answer with the next form.
      mayTrust: async (destination) => {
        asked.trust = destination;
        return false;
      },
      translateReason: (reason, cell) => translate(rowSentence(reason, cell)),
    },
    language,
    translate,
    format: formatIn(language),
    session,
    may,
    lacks: (method, address) => {
      const permission = needed.of(method, address);
      return permission === null || may(permission) ? null : permission;
    },
    background,
    path: url.pathname,
    query: url.searchParams,
    part: (name) => parts[name] ?? '',
    newAddress,
    asked,
  };
}

/** Making one takes a millisecond: as long as a poll may. */
const formats = new Map<string, Format>();

function formatIn(language: Language): Format {
  const timeZone = ownZone();
  const name = `${language} ${timeZone}`;
  const format = formats.get(name) ?? formatFor(language, timeZone);
  formats.set(name, format);
  return format;
}

/** The same visit with the hosts that its form vouches for: where credentials go is an administrator's to say. */
export function vouching(visit: Visit, hosts: readonly string[]): Visit {
  if (!visit.may('administer')) return visit;
  return { ...visit, app: { ...visit.app, trustHosts: [...visit.app.trustHosts, ...hosts] } };
}
