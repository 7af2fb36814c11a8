/** How each form stood when it came. */
const stood = new WeakMap<HTMLFormElement, string>();
const sent = new WeakSet<HTMLFormElement>();

/**
 * What somebody chose for a campaign and has not saved is not lost without a word: the browser asks before the page is left. A
 * form that comes back with something wrong was not saved either.
 */
export function askBeforeLeaving(): void {
  document.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement) sent.add(target);
  });
  window.addEventListener('beforeunload', (event) => {
    const forms = changingForms();
    if (!forms.some((form) => sent.has(form)) && forms.some(isUnsaved)) event.preventDefault();
  });
}

/** Remembers how the forms of the page stand before anybody changes them. */
export function rememberForms(): void {
  const isBack = document.querySelector('[data-focus]') !== null;
  for (const form of changingForms()) stood.set(form, isBack && keepsValues(form) ? '' : standOf(form));
}

/** A file comes back in no form: nothing of it is there to be lost. */
function keepsValues(form: HTMLFormElement): boolean {
  return form.querySelector('input[type=file]') === null;
}

/** Those that change a campaign file carry its digest. */
function changingForms(): readonly HTMLFormElement[] {
  const digests = document.querySelectorAll<HTMLInputElement>('form > input[name=digest]');
  return [...digests].map(({ form }) => form).filter((form) => form !== null);
}

function isUnsaved(form: HTMLFormElement): boolean {
  return stood.get(form) !== standOf(form);
}

function standOf(form: HTMLFormElement): string {
  const values = [...new FormData(form)].map(([name, value]) => [
    name,
    value instanceof File ? value.name : value,
  ]);
  return JSON.stringify(values);
}
