import type { Analysis } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { AnalysisName } from '../contract/run.ts';
import { postersAnalysis } from './posters/index.ts';
import { productsAnalysis } from './products/index.ts';
import { recipesAnalysis } from './recipes/index.ts';
import { showsAnalysis } from './shows/index.ts';
import { stylesAnalysis } from './styles/index.ts';

/** Every analysis this program can do, by name. A new one is a folder beside this file and a line here. */
const REGISTRY: ReadonlyMap<AnalysisName, Analysis> = new Map(
  [
    showsAnalysis as Analysis,
    productsAnalysis as Analysis,
    stylesAnalysis as Analysis,
    postersAnalysis as Analysis,
    recipesAnalysis as Analysis,
  ].map((analysis) => [analysis.name, analysis]),
);

/** @throws CodedError `request.invalid` for a name that is not there */
export function findAnalysis(name: AnalysisName): Analysis {
  const analysis = REGISTRY.get(name);
  if (analysis) return analysis;
  throw new CodedError('request.invalid', `The analysis "${name}" is not part of this version.`);
}
