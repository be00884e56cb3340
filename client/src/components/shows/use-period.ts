import { useSearchParams } from 'react-router';
import { addDays, addMonths, isDate, mondayOf, weekFrom, weeksOfMonth } from './dates.ts';

export interface Period {
  kind: 'month' | 'week';
  /** `YYYY-MM`; of a week, that of its first day. */
  month: string;
  weeks: string[][];
  go: (by: -1 | 1) => void;
  goToday: () => void;
  show: (kind: 'month' | 'week') => void;
}

/**
 * The month or week that the calendar shows, kept in the address: `month=2026-11`, `week=2026-11-23`.
 *
 * @param isNarrow a month does not fit: its weeks are shown one by one
 */
export function usePeriod(today: string, isNarrow: boolean): Period {
  const [params, setParams] = useSearchParams();
  const week = params.get('week');
  const month = params.get('month') ?? '';
  const set = (changes: { month?: string; week?: string }) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('month');
        after.delete('week');
        for (const [name, value] of Object.entries(changes)) after.set(name, value);
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  const isMonth = isDate(`${month}-01`);
  if (isNarrow || isDate(week)) {
    const monday = mondayOf(isDate(week) ? week : isMonth && month !== today.slice(0, 7) ? `${month}-01` : today);
    return {
      kind: 'week',
      month: monday.slice(0, 7),
      weeks: [weekFrom(monday)],
      go: (by) => set({ week: addDays(monday, 7 * by) }),
      goToday: () => set({ week: mondayOf(today) }),
      show: (kind) => kind === 'month' && set({ month: addDays(monday, 3).slice(0, 7) }),
    };
  }
  const shown = isMonth ? month : today.slice(0, 7);
  return {
    kind: 'month',
    month: shown,
    weeks: weeksOfMonth(shown),
    go: (by) => set({ month: addMonths(shown, by) }),
    goToday: () => set({}),
    show: (kind) => kind === 'week' && set({ week: mondayOf(shown === today.slice(0, 7) ? today : `${shown}-01`) }),
  };
}
