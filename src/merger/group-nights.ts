import type { Weekday } from '../contract/show.ts';
import type { NightFacts, NightStatement } from './fuse-night.ts';
import { canonicalJson } from './stated.ts';
import type { Stated } from './stated.ts';

/** One night of one show, with its facts decided. */
export interface NightShow {
  day: Weekday | null;
  facts: NightFacts;
  statements: readonly NightStatement[];
}

/** What must be equal for two nights to be printed as one line. */
function lineKey({ facts, day }: NightShow): string {
  const { pattern, startTime, endTime, hostName, startDate, endDate, status } = facts;
  const kind = pattern.kind === 'plain' ? 'weekly' : pattern.kind;
  const disputed = [startTime, endTime, hostName, startDate, endDate].map(
    ({ conflict }) => conflict?.map(({ value }) => value).sort() ?? null,
  );
  return canonicalJson([
    day === null,
    [kind, pattern.interval, pattern.date, pattern.extra],
    [startTime.value, endTime.value, hostName.value, startDate.value, endDate.value, status],
    [...disputed, facts.statusConflict !== null, facts.ruleConflict !== null, facts.exceptDates],
  ]);
}

/**
 * Puts nights that one reading prints together (`Wed–Sat`) back together where all that is known of them is still the
 * same; a night of which other images tell something else (`Fri with a guest host`) stays by itself. Nights that no image
 * prints together stay apart (one venue, three nights).
 */
export function groupNights(nights: readonly NightShow[]): NightShow[][] {
  const groups = nights.map((night) => ({ key: lineKey(night), nights: [night], readings: readingsOf(night) }));
  for (let place = 0; place < groups.length; place++) {
    const group = groups[place];
    if (group === undefined) continue;
    let found = nextCompanion(groups, place);
    while (found !== null) {
      const [companion] = groups.splice(found, 1);
      group.nights.push(...(companion?.nights ?? []));
      for (const reading of companion?.readings ?? []) group.readings.add(reading);
      found = nextCompanion(groups, place);
    }
  }
  return groups.map((group) => group.nights);
}

interface Group {
  key: string;
  nights: NightShow[];
  readings: Set<Stated>;
}

function nextCompanion(groups: readonly Group[], place: number): number | null {
  const group = groups[place];
  if (group === undefined) return null;
  const found = groups.findIndex(
    (other, at) =>
      at > place &&
      other.key === group.key &&
      [...other.readings].some((reading) => group.readings.has(reading)) &&
      !other.nights.some(({ day }) => group.nights.some((night) => night.day === day)),
  );
  return found < 0 ? null : found;
}

function readingsOf(night: NightShow): Set<Stated> {
  return new Set(night.statements.map(({ stated }) => stated));
}
