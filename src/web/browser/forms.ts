import { isSteady } from './steady.js';

/** Where a form came back with something wrong, that is where the reader is. */
export function focusErrors(): void {
  document.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** A second press of a button, while the first one is still on its way, does nothing; nor does one that was meant for another. */
export function pressOnce(): void {
  const sent = new WeakSet<HTMLFormElement>();
  document.addEventListener('submit', (event) => {
    const { target } = event;
    if (!(target instanceof HTMLFormElement) || target.method !== 'post') return;
    if (sent.has(target) || !isSteady(target)) {
      event.preventDefault();
      return;
    }
    sent.add(target);
    for (const each of target.querySelectorAll('[data-once]')) each.setAttribute('aria-disabled', 'true');
  });
  // A page that comes back from the browser's memory has not been sent.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}

/** A file may be dropped on its field: browsers do that by themselves, and this shows where. */
export function takeDrops(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('input.file')) {
    const over = (on: boolean) => () => field.classList.toggle('over', on);
    field.addEventListener('dragenter', over(true));
    for (const end of ['dragleave', 'dragend', 'drop'] as const) field.addEventListener(end, over(false));
  }
}

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
