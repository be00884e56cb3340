import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { ShowFilter } from '../../api/catalogue.ts';
import { WEEKDAYS, type Weekday } from '../../../../src/contract/show.ts';

const NAMES = ['city', 'state', 'day', 'time', 'q', 'venue', 'host'] as const;
type Name = (typeof NAMES)[number];

export interface FilterInUse {
  filter: ShowFilter;
  /** The one night that is asked for. */
  day: Weekday | null;
  isFiltered: boolean;
  /** `null` takes a filter away. Typing does not make a step back of each letter. */
  change: (changes: Partial<Record<Name, string | null>>, options?: { replace?: boolean }) => void;
  clear: () => void;
  /** The same filters on another page: `?city=…`, empty without any. */
  search: string;
}

/** The filters, kept in the address: a link shows what its sender saw. */
export function useShowFilter(): FilterInUse {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const filter = useMemo((): ShowFilter => {
    const given = new URLSearchParams(text);
    return Object.fromEntries(
      NAMES.flatMap((name) => {
        const value = given.get(name)?.trim();
        return value ? [[name, value]] : [];
      }),
    );
  }, [text]);
  const change = useCallback<FilterInUse['change']>(
    (changes, { replace = false } = {}) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === '') after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace, preventScrollReset: true },
      ),
    [setParams],
  );
  const clear = useCallback(
    () => change(Object.fromEntries(NAMES.map((name) => [name, null])), { replace: false }),
    [change],
  );
  const search = new URLSearchParams(Object.entries(filter)).toString();
  return {
    filter,
    day: WEEKDAYS.find((day) => day === filter.day) ?? null,
    isFiltered: Object.keys(filter).length > 0,
    change,
    clear,
    search: search === '' ? '' : `?${search}`,
  };
}
