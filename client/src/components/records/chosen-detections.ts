import { create } from 'zustand';
import type { DetectionFile, DetectionProblem } from './detection-file.ts';

/** The file of detections that was chosen for a pile. Kept while the page lives: three images are tried first, then all. */
export interface ChosenDetections {
  pileId: string | null;
  file: DetectionFile | null;
  problem: DetectionProblem | null;
}

const NOTHING: ChosenDetections = { pileId: null, file: null, problem: null };

export const useChosenDetections = create<ChosenDetections>(() => NOTHING);

export function chooseDetections(pileId: string | null, opened: DetectionFile | DetectionProblem): void {
  const isProblem = typeof opened === 'string';
  useChosenDetections.setState({ pileId, file: isProblem ? null : opened, problem: isProblem ? opened : null });
}

export function forgetDetections(): void {
  useChosenDetections.setState(NOTHING);
}
