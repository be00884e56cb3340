import type { AnalysisName, ProcessingMode, RunState } from '../contract/run.ts';

/** A line of the list of runs. */
export interface RunSummary {
  runId: string;
  analysis: AnalysisName;
  mode: ProcessingMode;
  model: string;
  state: RunState;
  createdAt: string;
  endedAt: string | null;
}
