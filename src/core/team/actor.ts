import { isAllowed, type Permission, type Role } from './roles.js';

/** Who acts, and what she may do. */
export interface Actor {
  /** As the record says it. */
  readonly name: string;
  /** null: there are no users, and whoever is here may do everything. */
  readonly roles: readonly Role[] | null;
}

/** Whether somebody may do what needs this permission. */
export function mayDo({ roles }: Actor, permission: Permission): boolean {
  return roles === null || isAllowed(roles, permission);
}

/**
 * Variable by which a process of plazcast's own is told for whom it acts. Whoever started it was asked already whether
 * she may: her roles are not looked at again.
 */
export const ACTS_FOR_VARIABLE = 'PLAZCAST_ACTS_FOR';

const NAME = /^[a-z0-9][a-z0-9.@_-]{0,63}$/u;

/** A user's name as it is stored, whatever case it was typed in; null: it cannot be one. */
export function userName(typed: string): string | null {
  const name = typed.trim().toLowerCase();
  return NAME.test(name) ? name : null;
}
