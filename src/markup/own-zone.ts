/**
 * The zone in which this machine's clock runs: its IANA name. Where `TZ` is empty, or says it in another way (`PET5`), its
 * distance from UTC, such as `-05:00`, which `Intl` takes as a zone, too.
 */
export function ownZone(): string {
  const { timeZone }: { readonly timeZone?: string | undefined } =
    new Intl.DateTimeFormat().resolvedOptions();
  // The engine's own word for a zone that it cannot name is no zone to it.
  if (timeZone !== undefined && timeZone !== 'Etc/Unknown') return timeZone;
  const minutesAhead = -new Date().getTimezoneOffset();
  if (minutesAhead === 0) return 'UTC';
  const twoDigits = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const ahead = Math.abs(minutesAhead);
  return `${minutesAhead < 0 ? '-' : '+'}${twoDigits(ahead / 60)}:${twoDigits(ahead % 60)}`;
}
