/** What a person is for. She may have several of them. */
export const ROLES = ['viewer', 'marketer', 'sender', 'operator', 'admin'] as const;
/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** What somebody may be asked for before something is done. Checking a campaign is `test`. */
export type Permission = 'see' | 'prepare' | 'test' | 'send' | 'approve' | 'operate' | 'administer';

/** What each role brings. None has another's in it: who is to do more gets more roles. */
const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['see'],
  marketer: ['see', 'prepare', 'test'],
  sender: ['see', 'test', 'send', 'approve'],
  operator: ['see', 'operate'],
  admin: ['see', 'administer'],
};

/** Whether one of these roles brings a permission. */
export function isAllowed(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => PERMISSIONS[role].includes(permission));
}

/** The roles that bring a permission, for who lacks it. */
export function rolesWith(permission: Permission): readonly Role[] {
  return ROLES.filter((role) => PERMISSIONS[role].includes(permission));
}

/** A role by its name, or null. */
export function roleNamed(name: string): Role | null {
  return ROLES.find((role) => role === name) ?? null;
}
