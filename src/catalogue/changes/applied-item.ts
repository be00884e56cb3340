import type { ShowFacts } from '../../contract/show.ts';
import type { ComputedItem } from './compute-items.ts';

/** An item that is to be published, with the edited record where a reviewer made one. */
export interface AppliedItem {
  item: ComputedItem;
  edit: ShowFacts | null;
}

export interface PublicationContext {
  changesetId: string;
  runId: string;
  /** When the run's images were sent. RFC 3339. */
  seenAt: string;
  /** RFC 3339 */
  now: string;
  newId: (kind: 'venue' | 'host' | 'show' | 'alias') => string;
}
