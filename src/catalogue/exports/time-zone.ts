const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Years of changes looked at to find the rule behind them; calendars see no further than this where there is none. */
const YEARS_AHEAD = 12;

/** True for a name that this runtime's zone data knows. */
export function isKnownZone(zone: string | null): zone is string {
  if (zone === null || !/^[A-Za-z0-9_+/-]+$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function wallClock(zone: string): (instantMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instantMs) => {
    const parts = new Map(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  };
}

/** Minutes that a zone is ahead of UTC at an instant. */
function offsetsOf(zone: string): (instantMs: number) => number {
  const wall = wallClock(zone);
  return (instantMs) => (wall(instantMs) - instantMs) / MINUTE_MS;
}

/** The instant (ms) at which a zone's clocks show a wall time, given as if it were UTC. */
export function instantOf(wallMs: number, zone: string): number {
  const offsetAt = offsetsOf(zone);
  const guess = wallMs - offsetAt(wallMs) * MINUTE_MS;
  return wallMs - offsetAt(guess) * MINUTE_MS;
}

interface Change {
  instantMs: number;
  fromMinutes: number;
  toMinutes: number;
}

function changesOf(zone: string, firstYear: number): Change[] {
  const offsetAt = offsetsOf(zone);
  const changes: Change[] = [];
  const end = Date.UTC(firstYear + YEARS_AHEAD, 0, 1);
  for (let at = Date.UTC(firstYear, 0, 1); at < end; at += 7 * DAY_MS) {
    const [fromMinutes, toMinutes] = [offsetAt(at), offsetAt(at + 7 * DAY_MS)];
    if (fromMinutes === toMinutes) continue;
    let [before, after] = [at, at + 7 * DAY_MS];
    while (after - before > MINUTE_MS) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS;
      if (offsetAt(middle) === fromMinutes) before = middle;
      else after = middle;
    }
    changes.push({ instantMs: after, fromMinutes, toMinutes });
  }
  return changes;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`;
}

function localText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

/** `FREQ=YEARLY;BYMONTH=3;BYDAY=2SU` where all changes are the same weekday of the same month at the same time, else null. */
function yearlyRule(walls: readonly number[]): string | null {
  const dates = walls.map((wall) => new Date(wall));
  const same = <T>(pick: (date: Date) => T): T | null =>
    new Set(dates.map(pick)).size === 1 && dates[0] !== undefined ? pick(dates[0]) : null;
  const month = same((date) => date.getUTCMonth() + 1);
  const day = same((date) => ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][date.getUTCDay()] ?? '');
  const time = same((date) => date.toISOString().slice(11));
  const isEveryYear = dates.every(
    (date, place) => place === 0 || date.getUTCFullYear() === (dates[place - 1]?.getUTCFullYear() ?? 0) + 1,
  );
  if (month === null || day === null || time === null || dates.length < YEARS_AHEAD - 1 || !isEveryYear) return null;
  const daysLeft = (date: Date): number =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - date.getUTCDate();
  const ordinal =
    same((date) => Math.ceil(date.getUTCDate() / 7)) ?? (dates.every((date) => daysLeft(date) < 7) ? -1 : null);
  return ordinal === null ? null : `FREQ=YEARLY;BYMONTH=${month};BYDAY=${ordinal}${day}`;
}

function component(zone: string, change: Change, rule: string | null): string[] {
  const kind = change.toMinutes > change.fromMinutes ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${localText(wallOf(change))}`,
    ...(rule === null ? [] : [`RRULE:${rule}`]),
    `TZOFFSETFROM:${offsetText(change.fromMinutes)}`,
    `TZOFFSETTO:${offsetText(change.toMinutes)}`,
    `TZNAME:${zoneName(zone, change.instantMs)}`,
    `END:${kind}`,
  ];
}

function wallOf(change: Change): number {
  return change.instantMs + change.fromMinutes * MINUTE_MS;
}

/** Without a rule each change gets a component of its own: of a list in one (`RDATE`) some readers see the first only. */
function components(zone: string, changes: readonly Change[]): string[] {
  const rule = yearlyRule(changes.map(wallOf));
  const [first] = changes;
  if (rule !== null && first !== undefined) return component(zone, first, rule);
  return changes.flatMap((change) => component(zone, change, null));
}

function zoneName(zone: string, instantMs: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(instantMs);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/**
 * The `VTIMEZONE` of a zone, which RFC 5545 demands for every `TZID`. Reckoned from the runtime's own zone data, as
 * yearly rules where the changes follow one, else as the list of the next years' changes.
 *
 * @param firstYear the first year that events lie in
 */
export function timeZoneComponent(zone: string, firstYear: number): string {
  const changes = changesOf(zone, firstYear - 1);
  const kinds = new Map<string, Change[]>();
  for (const change of changes) {
    const kind = `${change.fromMinutes}>${change.toMinutes}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), change]);
  }
  const start = Date.UTC(firstYear - 1, 0, 1);
  const offset = offsetsOf(zone)(start);
  const base = [
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offsetText(offset)}`,
    `TZOFFSETTO:${offsetText(offset)}`,
    `TZNAME:${zoneName(zone, start)}`,
    'END:STANDARD',
  ];
  const parts = [...kinds.values()].flatMap((group) => components(zone, group));
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...base, ...parts, 'END:VTIMEZONE'].join('\r\n');
}
