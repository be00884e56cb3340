import type { ShowReading } from '../../../contract/show.ts';
import { alignments } from '../../grounding/align.ts';
import { foldText } from '../../grounding/folded-text.ts';

/**
 * What the reader of printed text, which knows nothing of the model's answer, says of one field of it: the same, another
 * value, or nothing; `alone` where it did not find this show among those it read, `none` where it read no show at all.
 */
export type Opinion = 'agrees' | 'differs' | 'silent' | 'alone' | 'none';

/** Pairs the readings of a model with those of the text reader, the likeliest first; null where there is none. */
export function pairUp(readings: readonly ShowReading[], others: readonly ShowReading[]): (ShowReading | null)[] {
  const pairs = readings
    .flatMap((reading, index) => others.map((other) => ({ index, other, likeness: likenessOf(reading, other) })))
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness);
  const paired = readings.map((): ShowReading | null => null);
  const taken = new Set<ShowReading>();
  for (const { index, other } of pairs) {
    if (paired[index] !== null || taken.has(other)) continue;
    paired[index] = other;
    taken.add(other);
  }
  return paired;
}

const LEAST_LIKENESS = 2;

function likenessOf(one: ShowReading, other: ShowReading): number {
  const place = like(one.venue.name, other.venue.name) || like(one.venue.address, other.venue.address);
  const hosts = likeHost(one.host.name ?? one.host.company, other);
  const days = one.schedule.days.filter((day) => other.schedule.days.includes(day)).length;
  const shared = days / Math.max(1, one.schedule.days.length, other.schedule.days.length);
  const start = one.schedule.startTime !== null && one.schedule.startTime === other.schedule.startTime;
  return (place ? 2 : 0) + (hosts ? 0.6 : 0) + shared + (start ? 0.7 : 0);
}

/** The opinion on a field by its path. */
export function opinionOn(field: string, reading: ShowReading, other: ShowReading | null, hasOthers: boolean): Opinion {
  if (other === null) return hasOthers ? 'alone' : 'none';
  if (field === 'schedule.days') {
    if (other.schedule.days.length === 0) return 'silent';
    return reading.schedule.days.join() === other.schedule.days.join() ? 'agrees' : 'differs';
  }
  const [own, its] = [valueOf(field, reading), valueOf(field, other)];
  if (own === null) return 'silent';
  // Which of the two a name is, a person or a firm, is not always to be seen.
  if (field.startsWith('host.')) {
    if (other.host.name === null && other.host.company === null) return 'silent';
    return likeHost(own, other) ? 'agrees' : 'differs';
  }
  if (its === null) return 'silent';
  if (field.startsWith('schedule.')) return own === its ? 'agrees' : 'differs';
  return like(own, its) ? 'agrees' : 'differs';
}

function valueOf(field: string, { name, venue, schedule, host }: ShowReading): string | null {
  switch (field) {
    case 'name':
      return name;
    case 'venue.name':
      return venue.name;
    case 'venue.address':
      return venue.address;
    case 'venue.city':
      return venue.city;
    case 'venue.state':
      return venue.state;
    case 'venue.postcode':
      return venue.postcode;
    case 'venue.phone':
      return venue.phone;
    case 'venue.website':
      return venue.website;
    case 'host.name':
      return host.name;
    case 'host.company':
      return host.company;
    case 'schedule.startTime':
      return schedule.startTime;
    case 'schedule.endTime':
      return schedule.endTime;
    case 'schedule.startDate':
      return schedule.startDate;
    case 'schedule.endDate':
      return schedule.endDate;
    default:
      return null;
  }
}

function likeHost(name: string | null, { host }: ShowReading): boolean {
  return like(name, host.name) || like(name, host.company);
}

/** The same but for slips of the eye, or one a good part of the other. */
function like(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  const [a, b] = [foldText(one).letters, foldText(other).letters].sort((x, y) => x.length - y.length);
  if (a === undefined || b === undefined || a === '' || a.length < b.length * 0.6) return false;
  return alignments(a, b, a.length * 0.2).length > 0;
}
