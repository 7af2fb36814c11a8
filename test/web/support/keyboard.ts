import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any page has. */
const MOST_STOPS = 120;

/** What the focus is on, and whether somebody who looks can tell. */
interface Stop {
  readonly name: string;
  readonly seen: boolean;
}

const STOP = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return { name: 'nothing', seen: true };
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const there = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return { name: at.outerHTML.slice(0, 120), seen: there && outlined };
})()`;

/** The focus is on something, and can be seen. */
export async function requireFocus(page: Page): Promise<void> {
  const stop = await page.evaluate<Stop>(STOP);
  expect(stop).toEqual({ name: expect.not.stringMatching(/^nothing$/u), seen: true });
}

/** Tabs from stop to stop until the focus is on what is looked for; at each it can be seen. */
export async function tabTo(page: Page, selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isThere = `document.activeElement?.matches(${JSON.stringify(selector)}) === true`;
  const passed: string[] = [];
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await page.evaluate<boolean>(isThere)) return;
    await page.keyboard.press(key);
    const stop = await page.evaluate<Stop>(STOP);
    passed.push(stop.name);
    expect([selector, stop]).toEqual([selector, { name: stop.name, seen: true }]);
  }
  throw new Error(`the keyboard does not come to ${selector}, but to:\n${passed.join('\n')}`);
}

/** Tabs there and types, in place of what stands there. */
export async function typeIn(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Tabs there and presses it. */
export async function press(page: Page, selector: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press(key);
}

/** Tabs there, presses Enter, and waits for the page that it leads to. */
export async function follow(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  const loaded = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await loaded;
}
