import type { App } from '../app/app.js';
import type { Translate } from '../core/problem.js';
import type { Permission } from '../core/team/roles.js';
import type { Destination } from '../core/trusted-host.js';
import type { Language } from '../locales/index.js';
import type { Format } from '../markup/format.js';
import type { Background } from './background/background.js';
import type { Answer } from './http/answer.js';
import type { Form } from './http/form.js';
import type { Session } from './http/sessions.js';
import type { Site } from './site.js';

/** One request of a browser that is logged in: what a screen is made from. */
export interface Visit {
  readonly site: Site;
  /** The use cases, in the reader's language. */
  readonly app: App;
  readonly language: Language;
  readonly translate: Translate;
  readonly format: Format;
  readonly session: Session;
  /** Whether the reader has a permission. */
  readonly may: (permission: Permission) => boolean;
  /** The permission that the reader lacks for a page or form of this site; null: none, she may have it. */
  readonly lacks: (method: Route['method'], address: string) => Permission | null;
  /** What goes on beside the pages. */
  readonly background: Background;
  /** Path of the address, percent-encoded as it came. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** A part of the path that the route names. */
  readonly part: (name: string) => string;
  /** An address that lets one more browser in, once. */
  readonly newAddress: () => string;
  /** What a use case asked and the form has no answer to: the page is to ask it. */
  readonly asked: Asked;
}

/** Questions of a use case that only a person can answer. */
export interface Asked {
  /** A host that credentials would go to, and that nobody vouched for yet; null: none. */
  trust: Destination | null;
}

/** A page, or a part of one: looked at, and nothing is changed by it. */
export interface Look {
  readonly method: 'GET';
  /** As Hono has it: `/campaigns/:campaign/list`. */
  readonly path: string;
  readonly permission: Permission;
  readonly answer: (visit: Visit) => Promise<Answer>;
}

/** A form that was sent. */
export interface Deed {
  readonly method: 'POST';
  readonly path: string;
  readonly permission: Permission;
  readonly answer: (visit: Visit, form: Form) => Promise<Answer>;
}

/** What a screen answers to. */
export type Route = Look | Deed;

/** A page. `permission`: where not everybody may look, such as a question that only some may answer. */
export function look(path: string, answer: Look['answer'], permission: Permission = 'see'): Look {
  return { method: 'GET', path, permission, answer };
}

/** What a form does, and who may. Both its token and its sender were looked at by then. */
export function deed(path: string, permission: Permission, answer: Deed['answer']): Deed {
  return { method: 'POST', path, permission, answer };
}

/** One screen: a file of routes, with its views beside it. It joins the page in `index.ts`. */
export interface Screen {
  readonly routes: readonly Route[];
}
