/** Clocks of other places, by what the browser knows of time zones. */

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The browser's own; what a show without a zone is taken to be in. */
export function ownZone(): string {
  own ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return own;
}
let own: string | undefined;

/** What calendar and clock say there at a moment. @returns `date` as `YYYY-MM-DD`, `minutes` since midnight */
export function clockIn(zone: string | null, atMs: number): { date: string; minutes: number } {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  );
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    date: `${get('year')}-${get('month')}-${get('day')}`,
    minutes: Number(get('hour')) * 60 + Number(get('minute')),
  };
}

/** The moment at which a clock there shows this. One that is skipped comes out an hour later, of one shown twice the first. */
export function momentOf(date: string, minutes: number, zone: string | null): number {
  const asUtcMs = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  const offsets = [asUtcMs - 86_400_000, asUtcMs + 86_400_000].map((ms) => offsetMs(zone, ms));
  const moments = offsets.map((offset) => asUtcMs - offset);
  const right = moments.filter((ms, index) => offsetMs(zone, ms) === offsets[index]);
  return right.length > 0 ? Math.min(...right) : Math.max(...moments);
}

function offsetMs(zone: string | null, atMs: number): number {
  const { date, minutes } = clockIn(zone, atMs);
  return Date.parse(`${date}T00:00:00Z`) + minutes * 60_000 - Math.floor(atMs / 60_000) * 60_000;
}

const names = new Map<string, Intl.DateTimeFormat>();

/** Its short name where it is not the browser's: `ET`; null where clocks agree. */
export function foreignZoneName(zone: string | null, atMs: number, language: string): string | null {
  if (zone === null || zone === ownZone()) return null;
  if (offsetMs(null, atMs) === offsetMs(zone, atMs)) return null;
  const key = `${language}/${zone}`;
  // Making a format takes longer than all else that is done for a card.
  const format =
    names.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: knownZone(zone), timeZoneName: 'shortGeneric' });
  names.set(key, format);
  return format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

function clockOf(zone: string | null): Intl.DateTimeFormat {
  const key = zone ?? '';
  const known = clocks.get(key);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: knownZone(zone),
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(key, clock);
  return clock;
}

/** A zone that this browser does not know is no reason for an empty page. */
function knownZone(zone: string | null): string {
  if (zone === null) return ownZone();
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return ownZone();
  }
}
