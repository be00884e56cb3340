import { COLUMNS } from './cases.ts';
import type { Measured } from './verdicts.ts';

/** What was measured now, and of what was not, what was measured before: as far as there still is such a case. */
export function withKept(before: Partial<Measured>, now: Measured): Measured {
  const [posters, recipes, flatOut] = [before.posters ?? [], before.recipes ?? [], before.flatOut ?? []];
  const anew = new Set(now.results.map(({ column }) => column));
  const known = new Set(COLUMNS.map(({ name }) => name));
  const kept = (before.results ?? []).filter(({ column }) => known.has(column) && !anew.has(column));
  return {
    machine: now.machine,
    results: [...now.results, ...kept],
    flatOut: now.flatOut.length > 0 ? now.flatOut : flatOut,
    growth: now.growth ?? before.growth ?? null,
    posters: now.posters.length > 0 ? now.posters : posters,
    recipes: now.recipes.length > 0 ? now.recipes : recipes,
  };
}
