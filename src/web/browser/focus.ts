import { Idiomorph } from 'idiomorph';

/**
 * Changes what has changed in a region. Who works with the keyboard stays where she is; what had the focus and is gone leaves
 * it to the region, so that the next key goes on from there and not from the top of the page.
 */
export function morphRegion(region: HTMLElement, content: string, ignoreActiveValue = false): void {
  const held = region.contains(document.activeElement);
  Idiomorph.morph(region, content, { morphStyle: 'innerHTML', ignoreActiveValue });
  if (!held || region.contains(document.activeElement)) return;
  region.tabIndex = -1;
  region.focus();
}
