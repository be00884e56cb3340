import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ListedShowDetail, ShowPage, VenuePage } from '../../../src/contract/catalogue.ts';
import { call, withQuery } from './http.ts';
import { queryKeys } from './query-keys.ts';

/** As `GET /api/shows` takes it. `day`: `MO`, several with commas. `time`: `HH:MM`. */
export interface ShowFilter {
  city?: string;
  state?: string;
  day?: string;
  time?: string;
  q?: string;
  venue?: string;
  host?: string;
}

const PAGE_SIZE = 50;

export function useShows(filter: ShowFilter) {
  return useInfiniteQuery({
    queryKey: queryKeys.shows(filter),
    queryFn: ({ pageParam, signal }) =>
      call<ShowPage>(withQuery('/api/shows', { ...filter, limit: PAGE_SIZE, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useShow(id: string) {
  return useQuery({
    queryKey: queryKeys.show(id),
    queryFn: ({ signal }) => call<ListedShowDetail>(`/api/shows/${encodeURIComponent(id)}`, { signal }),
  });
}

export function useVenues(filter: Pick<ShowFilter, 'city' | 'state' | 'q'> = {}) {
  return useQuery({
    queryKey: queryKeys.venues(filter),
    queryFn: ({ signal }) => call<VenuePage>(withQuery('/api/venues', { ...filter }), { signal }),
  });
}

/** A calendar to subscribe to, with the same filters as the list. */
export const calendarPath = (filter: ShowFilter): string => withQuery('/api/shows.ics', { ...filter });
