/** For sorting: by code units, and so the same on every machine, whatever its language. */
export function byCodeUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
