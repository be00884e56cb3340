import { useSearchParams } from 'react-router';
import type { AnalysisName } from '../../../../src/contract/run.ts';
import { useModel } from '../../api/settings.ts';

/** Those that the page can show. */
export const OFFERED = ['shows', 'products', 'styles', 'posters', 'recipes'] as const satisfies readonly AnalysisName[];
export type OfferedAnalysis = (typeof OFFERED)[number];

/** Those that this machine does by itself, without the key of a model. */
export const DONE_HERE: readonly OfferedAnalysis[] = ['shows', 'posters'];

export interface AnalysisOnPage {
  analysis: OfferedAnalysis;
  choose: (analysis: string) => void;
  /** The model of this machine does {@link DONE_HERE} only. */
  isLocal: boolean;
}

/** What the images are asked about: kept in the address, as the pile is. */
export function useAnalysis(): AnalysisOnPage {
  const [params, setParams] = useSearchParams();
  const { data: model } = useModel();
  const isLocal = model?.kind === 'local';
  const asked = OFFERED.find((name) => name === params.get('analysis')) ?? 'shows';
  return {
    analysis: isLocal && !DONE_HERE.includes(asked) ? 'shows' : asked,
    choose(analysis) {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (analysis === 'shows') after.delete('analysis');
          else after.set('analysis', analysis);
          return after;
        },
        { replace: true },
      );
    },
    isLocal,
  };
}
