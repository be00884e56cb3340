import { useQuery } from '@tanstack/react-query';
import type { ListedShowDetail } from '../../../src/contract/catalogue.ts';
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

export function useShow(id: string) {
  return useQuery({
    queryKey: queryKeys.show(id),
    queryFn: ({ signal }) => call<ListedShowDetail>(`/api/shows/${encodeURIComponent(id)}`, { signal }),
  });
}

/** A calendar to subscribe to, with the same filters as the list. */
export const calendarPath = (filter: ShowFilter): string => withQuery('/api/shows.ics', { ...filter });
