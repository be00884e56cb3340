import { create } from 'zustand';

/** The live state of the pile and the run on the admin's page. */
export interface ParserState {
  runId: string | null;
}

export const useParserStore = create<ParserState>(() => ({ runId: null }));
