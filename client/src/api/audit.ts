import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditPage } from '../../../src/contract/catalogue.ts';
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
