/** The text beside a choice has the label that fits the choice: without this, one label says it all. */
export function labelSources(): void {
  for (const chooser of document.querySelectorAll<HTMLSelectElement>('select[data-source]')) {
    const text = document.getElementById(chooser.dataset['source'] ?? '');
    const around = text?.closest<HTMLElement>('[data-labels]');
    const label = around?.querySelector('label');
    if (around == null || label == null) continue;
    const suit = (): void => {
      const kind = chooser.value.startsWith('column:') ? 'column' : chooser.value;
      around.hidden = kind === '';
      label.textContent = around.dataset[kind] ?? label.textContent;
    };
    chooser.addEventListener('change', suit);
    suit();
  }
}
