import { morphRegion } from './focus.js';

/** Links and forms that change one region of the page alone: it is fetched and morphed, and the page stays where it is. */
export function followParts(): void {
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-part]') : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void show(link, link.dataset['part'] ?? '', link.dataset['step']);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    const part = form instanceof HTMLFormElement ? form.dataset['part'] : undefined;
    if (part === undefined || !(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') query.set(name, value);
    void show(form, `${part}?${query.toString()}`);
  });
}

async function show(from: Element, path: string, step?: string): Promise<void> {
  const region = from.closest<HTMLElement>('[data-region]');
  const answer = await fetch(path).catch(() => null);
  // Whatever is wrong is told by the whole page.
  if (region === null || answer?.ok !== true) {
    if (from instanceof HTMLAnchorElement) location.assign(from.href);
    else if (from instanceof HTMLFormElement) from.submit();
    return;
  }
  morphRegion(region, await answer.text());
  // The same arrow of the next row, so that who pages with the keyboard goes on paging.
  if (step !== undefined) region.querySelector<HTMLElement>(`[data-step="${step}"]`)?.focus();
}
