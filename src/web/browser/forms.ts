/** Where a form came back with something wrong, that is where the reader is. */
export function focusErrors(): void {
  document.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** A second press of a button, while the first one is still on its way, does nothing. */
export function pressOnce(): void {
  const sent = new WeakSet<HTMLFormElement>();
  document.addEventListener('submit', (event) => {
    const { target } = event;
    if (!(target instanceof HTMLFormElement) || target.method !== 'post') return;
    if (sent.has(target)) {
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
