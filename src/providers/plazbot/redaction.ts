/** Shorter ones would cut holes into ordinary words. */
const SHORTEST_SECRET = 4;

/**
 * Makes a function that cuts credentials out of a text, in any case and as they stand in JSON and in addresses:
 * providers may echo what they were sent. To be applied before a text is shortened, or half a credential stays.
 */
export function redactor(secrets: readonly (string | null)[]): (text: string) => string {
  const known = secrets.filter((secret) => secret !== null && secret.length >= SHORTEST_SECRET) as string[];
  const forms = known.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
  ]);
  if (forms.length === 0) return (text) => text;
  const longestFirst = [...new Set(forms)].toSorted((one, other) => other.length - one.length);
  const anyOfThem = new RegExp(longestFirst.map(escaped).join('|'), 'giu');
  return (text) => text.replace(anyOfThem, '***');
}

/** A text as a regular expression that matches it alone. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
