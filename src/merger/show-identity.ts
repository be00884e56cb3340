import type { ShowFacts } from '../contract/show.ts';
import { clusterNodes } from './cluster.ts';
import type { Link } from './cluster.ts';
import { compareHosts } from './host-identity.ts';
import { areDisjoint, patternKey } from './night.ts';
import type { Night } from './night.ts';
import { compareTimes, startsApart } from './show-time.ts';

/** One night of one reading, among the readings of one venue and weekday. */
export interface NightReading {
  imageId: string;
  facts: ShowFacts;
  night: Night;
}

/** Readings that state the same of a night, seen as one. */
interface NightNode {
  facts: ShowFacts;
  night: Night;
  imageIds: Set<string>;
  members: number[];
}

function isDatedCancellation({ facts, night }: NightNode): boolean {
  return facts.status === 'cancelled' && night.pattern.kind === 'date';
}

/** `1st Monday` and `3rd Monday` may be one show where some image prints `1st & 3rd Mondays`. */
function arePrintedTogether(a: NightNode, b: NightNode, ordinalSets: readonly (readonly number[])[]): boolean {
  const both = [...a.night.pattern.ordinals, ...b.night.pattern.ordinals];
  return both.length > 0 && ordinalSets.some((set) => both.every((ordinal) => set.includes(ordinal)));
}

/**
 * Whether two statements about a venue's weekday must be two shows:
 * - their dates cannot meet (1st and 2nd Friday, two dates);
 * - one image prints both, with times clearly apart or in different patterns;
 * - their patterns differ and so does the host or the time (a special beside the weekly night).
 * Another time on another image is a conflict within one show, not a second show.
 */
function mustStayApart(a: NightNode, b: NightNode, ordinalSets: readonly (readonly number[])[]): boolean {
  if (areDisjoint(a.night.pattern, b.night.pattern) && !arePrintedTogether(a, b, ordinalSets)) return true;
  const samePattern = patternKey(a.night.pattern) === patternKey(b.night.pattern);
  const times = compareTimes(a.facts.schedule, b.facts.schedule);
  const isCalledOff = isDatedCancellation(a) || isDatedCancellation(b);
  const onOneImage = [...a.imageIds].some((imageId) => b.imageIds.has(imageId));
  if (onOneImage && (times === 'disjoint' || (!samePattern && !isCalledOff))) return true;
  const hosts = compareHosts(a.facts.host, b.facts.host);
  if (!samePattern && (times === 'disjoint' || hosts === 'differ')) return true;
  // Without a night there is no saying that two times or two hosts are of one show.
  return a.night.day === null && (times === 'disjoint' || hosts === 'differ');
}

function linkScore(a: NightNode, b: NightNode): number {
  const times = compareTimes(a.facts.schedule, b.facts.schedule);
  const samePattern = patternKey(a.night.pattern) === patternKey(b.night.pattern);
  const hosts = compareHosts(a.facts.host, b.facts.host);
  const hostScore = hosts === 'agree' ? 300 : hosts === 'unknown' ? 150 : 0;
  return (
    (samePattern ? 4000 : 0) +
    (times === 'disjoint' ? 0 : 2000) +
    hostScore -
    startsApart(a.facts.schedule, b.facts.schedule)
  );
}

function nodesOf(readings: readonly NightReading[]): NightNode[] {
  const nodes = new Map<string, NightNode>();
  readings.forEach(({ imageId, facts, night }, member) => {
    const { startTime, endTime } = facts.schedule;
    const key = JSON.stringify([patternKey(night.pattern), startTime, endTime, facts.host, facts.status]);
    const node = nodes.get(key);
    if (node === undefined) nodes.set(key, { facts, night, imageIds: new Set([imageId]), members: [member] });
    else {
      node.imageIds.add(imageId);
      node.members.push(member);
    }
  });
  return [...nodes.keys()].sort().flatMap((key) => nodes.get(key) ?? []);
}

/**
 * Groups what is said of one weekday of one venue into shows.
 *
 * @param readings all of one venue and one weekday
 * @returns groups of positions in `readings`
 */
export function identifyShows(readings: readonly NightReading[]): number[][] {
  const nodes = nodesOf(readings);
  const ordinalSets = nodes.map((node) => node.night.pattern.ordinals).filter((set) => set.length > 1);
  const conflict = (a: number, b: number): boolean => {
    const [left, right] = [nodes[a], nodes[b]];
    return left !== undefined && right !== undefined && mustStayApart(left, right, ordinalSets);
  };
  const links: Link[] = [];
  nodes.forEach((left, a) => {
    nodes.forEach((right, b) => {
      if (b <= a || mustStayApart(left, right, ordinalSets)) return;
      const isTimeMissing = compareTimes(left.facts.schedule, right.facts.schedule) === 'unknown';
      links.push({ a, b, score: linkScore(left, right), isWeak: isTimeMissing });
    });
  });
  return clusterNodes(nodes.length, links, conflict).map((cluster) =>
    cluster.flatMap((node) => nodes[node]?.members ?? []).sort((x, y) => x - y),
  );
}
