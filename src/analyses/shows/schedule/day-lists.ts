import type { Weekday } from '../../../contract/show.ts';
import { skipConnectors, skipDot } from './connectors.ts';
import { dayRange, letterDayAt, weekdayAt } from './day-words.ts';
import { signAt, wordAt, type Token } from './tokens.ts';

const RANGE_WORDS = new Set(['to', 'thru', 'through', 'til', 'till', 'until', 'a', 'al', 'hasta', 'tru']);

/** Days in a list or a range: `Tues & Thurs`, `Wed–Sat`, `M-F`, `Mon, Wed thru Fri`. */
export function dayListAt(tokens: readonly Token[], index: number): { days: Weekday[]; next: number } | null {
  const first = dayOrRangeAt(tokens, index);
  if (first === null) return null;
  const days = [...first.days];
  let next = first.next;
  for (;;) {
    const after = skipConnectors(tokens, next);
    const more = after === next ? null : dayOrRangeAt(tokens, after);
    if (more === null) return { days, next };
    days.push(...more.days);
    next = more.next;
  }
}

function dayOrRangeAt(tokens: readonly Token[], index: number): { days: Weekday[]; next: number } | null {
  const letters = letterRangeAt(tokens, index);
  if (letters !== null) return letters;
  const first = weekdayAt(tokens, index);
  if (first === null) return null;
  const at = rangeSignAt(tokens, index + 1);
  const last = at === null ? null : weekdayAt(tokens, at);
  if (at === null || last === null) return { days: [first], next: skipDot(tokens, index + 1) };
  return { days: dayRange(first, last), next: skipDot(tokens, at + 1) };
}

function letterRangeAt(tokens: readonly Token[], index: number): { days: Weekday[]; next: number } | null {
  const first = letterDayAt(tokens, index);
  const sign = signAt(tokens, index + 1);
  const last = letterDayAt(tokens, index + 2) ?? weekdayAt(tokens, index + 2);
  if (first === null || last === null || tokens[index + 2] === undefined) return null;
  if (sign === '-') return { days: dayRange(first, last), next: index + 3 };
  if (sign !== '/' && sign !== '&') return null;
  const further = letterRangeAt(tokens, index + 2);
  return { days: [first, ...(further?.days ?? [last])], next: further?.next ?? index + 3 };
}

function rangeSignAt(tokens: readonly Token[], index: number): number | null {
  const at = skipDot(tokens, index);
  if (signAt(tokens, at) === '-' || RANGE_WORDS.has(wordAt(tokens, at))) return at + 1;
  return null;
}
