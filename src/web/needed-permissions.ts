import type { Permission } from '../core/team/roles.js';
import type { Route } from './visit.js';

/** What every page and form of this site asks of who looks at it or sends it. */
export class NeededPermissions {
  readonly #known: readonly (Pick<Route, 'method' | 'permission'> & { readonly path: RegExp })[];

  /** @param routes in the order in which they answer */
  constructor(routes: readonly Route[]) {
    this.#known = routes.map(({ method, path, permission }) => ({
      method,
      permission,
      path: new RegExp(`^${path.replace(/:[a-z]+/gu, '[^/]+')}$`, 'u'),
    }));
  }

  /** The permission for an address of this site, whatever stands behind its path; null: nothing answers to it. */
  of(method: Route['method'], address: string): Permission | null {
    const [path = ''] = address.split(/[?#]/u);
    return this.#known.find((one) => one.method === method && one.path.test(path))?.permission ?? null;
  }
}
