const NAME = /^[a-z0-9][a-z0-9.@_-]{0,63}$/u;

/** A user's name as it is stored, whatever case it was typed in; null: it cannot be one. */
export function userName(typed: string): string | null {
  const name = typed.trim().toLowerCase();
  return NAME.test(name) ? name : null;
}
