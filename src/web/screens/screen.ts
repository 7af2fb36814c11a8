import type { Route } from '../visit.js';

/** One screen: a file of routes, with its views beside it. It joins the page in `index.ts`. */
export interface Screen {
  readonly routes: readonly Route[];
}
