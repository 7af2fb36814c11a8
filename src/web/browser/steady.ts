/** Longer than a finger that is on its way takes to stop. */
const STEADY_MS = 700;

const changedAt = new WeakMap<HTMLFormElement, number>();

/**
 * Lets something change what stands in a region by itself. A form that then does something else than a moment ago, such as
 * "Resume" where "Pause" stood, takes no press yet: that press was meant for what stood there.
 */
export function changeUnderHand(region: HTMLElement, change: () => void): void {
  const before = new Map(formsIn(region).map((form) => [form, deedOf(form)]));
  change();
  // Where there was none, nobody was about to press another one.
  for (const form of formsIn(region))
    if (before.has(form) && before.get(form) !== deedOf(form)) changedAt.set(form, performance.now());
}

/** Whether a form has done what it does for so long that who presses it means it. */
export function isSteady(form: HTMLFormElement): boolean {
  const at = changedAt.get(form);
  return at === undefined || performance.now() - at >= STEADY_MS;
}

function formsIn(region: HTMLElement): readonly HTMLFormElement[] {
  return [...region.querySelectorAll<HTMLFormElement>('form[method=post]')];
}

function deedOf(form: HTMLFormElement): string {
  const unseen = [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')];
  return [form.action, ...unseen.map(({ name, value }) => `${name}=${value}`)].join(' ');
}
