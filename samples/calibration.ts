/** One field of a result: how sure it was said to be, and whether it is right. */
export interface Verdict {
  field: string;
  /** 0..1 */
  confidence: number;
  isRight: boolean;
}

/** The fields whose confidence is from `from` to below `to`. */
export interface Bin {
  from: number;
  to: number;
  fields: number;
  right: number;
}

const EDGES = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01];
/** From here on a field is said to be sure. */
export const SURE = 0.9;

/** What the confidences are worth. */
export interface Calibration {
  bins: Bin[];
  /** Of the fields that are said to be sure, the share that is right, 0..1; 1 for none. */
  sureRight: number;
  /** Of the fields that are right, the share that is said to be sure, 0..1; 1 for none. */
  rightSure: number;
}

/** Counts how often fields are right, by what was said of them. */
export function calibrationOf(verdicts: readonly Verdict[]): Calibration {
  const bins = EDGES.slice(1).map((to, index): Bin => {
    const from = EDGES[index] ?? 0;
    const inside = verdicts.filter(({ confidence }) => confidence >= from && confidence < to);
    return { from, to: Math.min(1, to), fields: inside.length, right: inside.filter(({ isRight }) => isRight).length };
  });
  const sure = verdicts.filter(({ confidence }) => confidence >= SURE);
  const right = verdicts.filter(({ isRight }) => isRight);
  const both = sure.filter(({ isRight }) => isRight).length;
  return { bins, sureRight: share(both, sure.length), rightSure: share(both, right.length) };
}

/** As a table for people; empty where no field was given a confidence. */
export function calibrationReport({ bins, sureRight, rightSure }: Calibration): string {
  if (bins.every(({ fields }) => fields === 0)) return '';
  const rows = bins.map(({ from, to, fields, right }) =>
    [
      `${from.toFixed(2)}–${to.toFixed(2)}`.padEnd(14),
      String(fields).padStart(10),
      (fields === 0 ? '' : (right / fields).toFixed(3)).padStart(10),
    ].join(''),
  );
  return [
    `${'confidence'.padEnd(14)}${'fields'.padStart(10)}${'right'.padStart(10)}`,
    ...rows,
    `of fields with ${SURE.toFixed(2)} and more ${sureRight.toFixed(3)} are right; of right fields ${rightSure.toFixed(3)} have it`,
  ].join('\n');
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
