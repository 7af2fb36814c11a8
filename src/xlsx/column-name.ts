const NAMES: string[] = [];

/** Name of a column by its place, the first being 0: `A` to `XFD`. */
export function columnName(index: number): string {
  const known = NAMES[index];
  if (known !== undefined) return known;
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  NAMES[index] = name;
  return name;
}
