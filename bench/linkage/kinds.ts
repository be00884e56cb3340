import type { MadeSet } from './made-set.ts';
import { makeBibliography } from './make-bibliography.ts';
import { makePeople } from './make-people.ts';
import { makeElectronics, makeSoftware } from './make-products.ts';
import { makeStore } from './make-store.ts';
import { makeVenues } from './make-venues.ts';

/** Families of lists that are made, after the looks of public benchmarks. */
export const KINDS: Readonly<Record<string, (seed: number, count: number) => MadeSet>> = {
  venues: (seed, count) => makeVenues(seed, count),
  people: (seed, count) => makePeople(seed, count),
  papers: (seed, count) => makeBibliography(seed, count, 'acm'),
  scholar: (seed, count) => makeBibliography(seed, count, 'scholar'),
  electronics: (seed, count) => makeElectronics(seed, count),
  software: (seed, count) => makeSoftware(seed, count),
  store: (seed, count) => makeStore(seed, count),
};
