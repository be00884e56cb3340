import type { Page } from 'playwright-core';

const MOST_STEPS = 150;

/** Goes on with Tab until what has the focus has this name. @throws where it is not reached by Tab at all */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = typeof name === 'string' ? (words: string) => words === name : (words: string) => name.test(words);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    if (wanted(await page.evaluate(nameInFocus))) return;
  }
  throw new Error(`"${String(name)}" is not reached by Tab`);
}

/** In the page: what a person would call the control in focus. */
function nameInFocus(): string {
  const control = document.activeElement;
  if (control === null) return '';
  const label = control instanceof HTMLInputElement ? (control.labels?.[0]?.textContent ?? '') : '';
  const words = control.getAttribute('aria-label') ?? (label === '' ? control.textContent : label);
  return words.trim();
}

/** What Tab came by on a page. */
export interface TabWalk {
  /** Controls that can be used and that Tab never came to. */
  missed: string[];
  /** Controls that looked just the same with the focus as without. */
  unmarked: string[];
  /** Controls that came before one that stands before them in the document. */
  outOfOrder: string[];
  reached: number;
}

/** Goes through a page by Tab, from its beginning to its end. */
export async function walkByTab(page: Page): Promise<TabWalk> {
  await page.evaluate(beginWalk);
  for (let step = 0; step < 4 * MOST_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate(stepWalk))) break;
  }
  return page.evaluate(endWalk);
}

interface Walk {
  looks: Map<Element, string>;
  reached: Element[];
  unmarked: Set<Element>;
  /** Every control that is there to be used now; of a group of radio buttons Tab reaches one. */
  controls: () => HTMLElement[];
  look: (control: Element) => string;
  name: (control: Element) => string;
}

declare global {
  var tabWalk: Walk;
}

/** In the page: remembers how every control looks without the focus. */
function beginWalk(): void {
  const isThere = (control: HTMLElement) =>
    control.tabIndex >= 0 &&
    !control.matches(':disabled') &&
    control.closest('[inert], [aria-hidden=true], [hidden]') === null &&
    control.checkVisibility({ visibilityProperty: true }) &&
    control.getBoundingClientRect().width > 0;
  const controls = () =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, canvas[tabindex], [tabindex="0"]',
      ),
    ].filter(isThere);
  const look = (control: Element) =>
    [control, control.parentElement, control.nextElementSibling, control.previousElementSibling]
      .filter((element) => element !== null)
      .flatMap((element) => [null, '::before', '::after'].map((part) => getComputedStyle(element, part)))
      .map(
        ({ outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor, clip, position, top }) =>
          [outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`, boxShadow, borderColor,
           backgroundColor, clip, position, top].join(), // prettier-ignore
      )
      .join('|');
  const name = (control: Element) =>
    `${control.localName} "${(control.getAttribute('aria-label') ?? control.textContent ?? '').trim().slice(0, 40)}" ${control.getAttribute('name') ?? ''}`;
  (document.activeElement as HTMLElement | null)?.blur();
  const start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  globalThis.tabWalk = {
    looks: new Map(controls().map((control) => [control, look(control)])),
    reached: [],
    unmarked: new Set(),
    controls,
    look,
    name,
  };
}

/** In the page: takes note of the control in focus. @returns false at the end of the page */
function stepWalk(): boolean {
  const { reached, unmarked, looks, look } = globalThis.tabWalk;
  const control = document.activeElement;
  if (control === null || control === document.body || reached.includes(control)) return false;
  reached.push(control);
  // A border that changes its colour slowly has not begun to in this moment.
  for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
  // What has come since (below a field in focus) was never seen without the focus.
  const before = looks.get(control);
  if (before !== undefined && before === look(control)) unmarked.add(control);
  return true;
}

function endWalk(): TabWalk {
  const { reached, unmarked, controls, name } = globalThis.tabWalk;
  const groupOf = (control: Element) =>
    control instanceof HTMLInputElement && control.type === 'radio' ? control.name : null;
  const reachedGroups = new Set(reached.map(groupOf).filter((group) => group !== null));
  const missed = controls().filter((control) => {
    const group = groupOf(control);
    return !reached.includes(control) && (group === null || !reachedGroups.has(group));
  });
  const outOfOrder = reached.filter((control, at) => {
    const next = reached[at + 1];
    return (
      next !== undefined &&
      next.isConnected &&
      control.isConnected &&
      (control.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
    );
  });
  return {
    missed: missed.map(name),
    unmarked: [...unmarked].map(name),
    outOfOrder: outOfOrder.map(name),
    reached: reached.length,
  };
}
