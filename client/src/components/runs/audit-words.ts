import type { AuditEntry } from '../../../../src/contract/catalogue.ts';
import type runs from '../../i18n/en/runs.ts';

const ACTIONS = {
  'changeset.created': 'created',
  'changeset.refreshed': 'refreshed',
  'changeset.suggested': 'suggested',
  'changeset.merged': 'merged',
  'changeset.split': 'split',
  'changeset.unmerged': 'unmerged',
  'changeset.decided': 'decided',
  'changeset.published': 'published',
  'changeset.undone': 'undone',
} as const;

/** The page's words for an action; null for one of a newer server. */
export function auditKey(action: string): (typeof ACTIONS)[keyof typeof ACTIONS] | null {
  return Object.entries(ACTIONS).find(([each]) => each === action)?.[1] ?? null;
}

type AuditKind = keyof typeof runs.audit.kind;

const KINDS: readonly AuditKind[] = [
  'new',
  'changed',
  'cancelled',
  'confirmed',
  'notSeen',
  'edited',
  'accept',
  'edit',
  'skip',
  'reset',
];

/** What an entry counts, in a fixed order: 12 new, 2 edited. The rest of it is not for reading. */
export function auditCounts({ detail }: Pick<AuditEntry, 'detail'>): { kind: AuditKind; count: number }[] {
  const counts = detail['counts'];
  if (typeof counts !== 'object' || counts === null) return [];
  const known = new Map<string, unknown>(Object.entries(counts));
  return KINDS.flatMap((kind) => {
    const count = known.get(kind);
    return typeof count === 'number' && count > 0 ? [{ kind, count }] : [];
  });
}
