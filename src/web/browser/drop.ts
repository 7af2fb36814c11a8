/** A file may be dropped on its field: browsers do that by themselves, and this shows where. */
export function takeDrops(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('input.file')) {
    const over = (on: boolean) => () => field.classList.toggle('over', on);
    field.addEventListener('dragenter', over(true));
    for (const end of ['dragleave', 'dragend', 'drop'] as const) field.addEventListener(end, over(false));
  }
}
