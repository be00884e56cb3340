import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditPage, Changeset } from '../../../src/contract/catalogue.ts';
import { call, withQuery } from './http.ts';

const PAGE_SIZE = 50;

/** Who did what with the catalogue, newest first; with a changeset's id, of that one alone. */
export function useAudit(changesetId?: string) {
  return useInfiniteQuery({
    queryKey: ['audit', changesetId ?? null],
    queryFn: ({ pageParam, signal }) =>
      call<AuditPage>(withQuery('/api/audit', { changesetId, limit: PAGE_SIZE, before: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** The most that the server gives at once. */
const WHOLE_PAGE = 200;

/**
 * Items of a changeset that a reviewer made by merging or splitting. The audit log knows; an item does not say it of
 * itself. What was taken back is not among the items any more.
 */
export function useReshaped({ id, version }: Changeset): ReadonlySet<string> {
  const { data } = useQuery({
    queryKey: ['audit', id, 'reshaped', version],
    queryFn: async ({ signal }) => {
      const { entries } = await call<AuditPage>(withQuery('/api/audit', { changesetId: id, limit: WHOLE_PAGE }), {
        signal,
      });
      return madeItems(entries);
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  return new Set(data ?? []);
}

function madeItems(entries: AuditPage['entries']): string[] {
  return entries
    .filter(({ action }) => action === 'changeset.merged' || action === 'changeset.split')
    .flatMap(({ detail }) => (Array.isArray(detail['to']) ? detail['to'].filter((to) => typeof to === 'string') : []));
}
