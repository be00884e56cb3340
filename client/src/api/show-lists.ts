import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  type QueryClient,
} from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ListedShow, ShowPage, VenuePage } from '../../../src/contract/catalogue.ts';
import type { ShowFilter } from './catalogue.ts';
import { call, withQuery } from './http.ts';
import { queryKeys } from './query-keys.ts';

const PAGE_SIZE = 200;
/** More are for the calendar feed or a narrower question: nobody reads on, and pages grow slow. */
const MOST_SHOWS = 1_000;
const MOST_VENUE_PAGES = 10;

export interface WholeList {
  shows: readonly ListedShow[];
  /** That the filter finds; more than `shows` while pages come, or where there are too many. */
  total: number;
  isPending: boolean;
  /** What is shown is the answer to the filter before. */
  isStale: boolean;
  /** There are more than are shown at once. */
  isCut: boolean;
  error: Error | null;
  retry: () => void;
}

const wholeList = (filter: ShowFilter) =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.shows(), 'whole', filter],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      call<ShowPage>(withQuery('/api/shows', { ...filter, limit: PAGE_SIZE, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** Asks for what the first page shows, before there is a page: it is there when that is drawn. */
export function askForShows(client: QueryClient): void {
  void client.prefetchInfiniteQuery(wholeList({}));
  void client.prefetchQuery(allCities);
}

/**
 * All shows that a filter finds, since a list by night must know them all: the server orders them by city. Page after page,
 * the first is shown while the others come.
 */
export function useWholeList(filter: ShowFilter): WholeList {
  const query = useInfiniteQuery({
    ...wholeList(filter),
    getNextPageParam: (page, pages) => (pages.length * PAGE_SIZE < MOST_SHOWS ? page.nextCursor : null),
    placeholderData: keepPreviousData,
  });
  const { data, hasNextPage, isFetching, fetchNextPage, isError } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const shows = useMemo(() => data?.pages.flatMap((page) => page.shows) ?? [], [data]);
  const total = data?.pages[0]?.total ?? 0;
  return {
    shows,
    total,
    isPending: query.isPending,
    isStale: query.isPlaceholderData,
    isCut: !hasNextPage && total > shows.length,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** A town that shows are listed in. */
export interface City {
  city: string;
  state: string | null;
  shows: number;
}

const allCities = queryOptions({
  queryKey: [...queryKeys.venues(), 'cities'],
  queryFn: async ({ signal }) => {
    const cities = new Map<string, City>();
    let cursor: string | null = null;
    for (let page = 0; page < MOST_VENUE_PAGES; page += 1) {
      const path = withQuery('/api/venues', { limit: PAGE_SIZE, cursor });
      const answer: VenuePage = await call<VenuePage>(path, { signal });
      for (const { city, state, shows } of answer.venues) {
        if (city === null) continue;
        const key = `${city.toLowerCase()}/${state ?? ''}`;
        cities.set(key, { city, state, shows: (cities.get(key)?.shows ?? 0) + shows });
      }
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
    return [...cities.values()].filter(({ shows }) => shows > 0).sort((a, b) => a.city.localeCompare(b.city));
  },
  staleTime: 60_000,
});

/** The towns, by name. */
export function useCities() {
  return useQuery(allCities);
}
