import type { ShowFacts } from './show.ts';

/** What a visitor says of a record of their run; never a decision by itself. */
export interface Suggestion {
  recordId: string;
  record: ShowFacts | null;
  confirm: boolean;
  at: string;
}

/** What became of a visitor's run. */
export interface Submission {
  state: 'reading' | 'pending' | 'published' | 'declined' | 'undone' | 'failed';
  shows: { recordId: string; showId: string | null; decision: 'accept' | 'edit' | 'skip' | null }[];
}
