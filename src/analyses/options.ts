import type { Analysis, RunContext } from '../contract/analysis.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { AnalysisName } from '../contract/run.ts';
import { findAnalysis } from './registry.ts';

/**
 * What a run is told for its analysis, checked and with its defaults: to be put into its context.
 *
 * @param given as it was sent; undefined for nothing
 * @returns nothing where the analysis takes no options and none were sent
 * @throws CodedError `request.invalid`, in words, where they cannot be used
 */
export function checkedOptions(name: AnalysisName, given: unknown): { options?: unknown } {
  const { optionsSchema } = findAnalysis(name);
  if (!optionsSchema) {
    if (given === undefined || given === null) return {};
    throw new CodedError('request.invalid', `The analysis "${name}" takes no options.`);
  }
  const checked = optionsSchema.safeParse(given ?? {});
  if (checked.success) return { options: checked.data };
  const [issue] = checked.error.issues;
  const where = ['options', ...(issue?.path ?? [])].join('.').slice(0, 80);
  const message = (issue?.message ?? 'cannot be used').slice(0, 300);
  throw new CodedError('request.invalid', `${where}: ${message.replace(/\.$/, '')}.`);
}

/**
 * Whether answers are held against the print.
 *
 * @param asked by who starts the run: it wins
 * @param otherwise where nobody asked and the analysis does without
 */
export function holdsAgainstPrint(
  { needsText = false }: Pick<Analysis, 'needsText'>,
  asked: boolean | undefined,
  otherwise: boolean,
): boolean {
  return asked ?? (needsText || otherwise);
}

/** Whether whole images are asked where their objects are, which are then asked about one by one. */
export function findsBoxes({
  analysis,
  context,
}: {
  analysis: AnalysisName;
  context: Pick<RunContext, 'options'>;
}): boolean {
  return findAnalysis(analysis).detect?.isWanted(context.options) ?? false;
}
