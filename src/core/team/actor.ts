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
