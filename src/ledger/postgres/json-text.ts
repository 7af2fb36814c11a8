/**
 * JSON text that the database can take apart. What comes from outside may hold NUL and halves of characters: its JSON
 * reader refuses their escapes, and so every row that a condition looks into.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'string' ? readable(member) : member,
  );
}

function readable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
