import { element } from './element.js';

const DAYS = { MO: 'Mon', TU: 'Tue', WE: 'Wed', TH: 'Thu', FR: 'Fri', SA: 'Sat', SU: 'Sun' };
const ORDER = Object.keys(DAYS);

/** Fields that are reckoned, not read. */
const NOT_PRINTED = ['schedule.rrule', 'schedule.timezone'];

const joined = (parts, separator) => parts.filter(Boolean).join(separator);
/** `21:30` as the reader's own country writes it. */
const clock = (time) =>
  time && new Date(`2000-01-01T${time}`).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
const times = ({ startTime, endTime }) => joined([clock(startTime) ?? (endTime && '?'), clock(endTime)], ' – ');
const line = (text, className = '') => (text ? element('div', { className }, text) : null);

/** By night of the week, then start, then venue; a show without a day stands last, by its date. */
function sortKey({ schedule, venue }) {
  const day = Math.min(...schedule.days.map((each) => ORDER.indexOf(each)), ORDER.length);
  return [day, day < ORDER.length ? '' : schedule.startDate, schedule.startTime ?? '~', venue.name ?? '~'].join(' ');
}

function when({ schedule, status }) {
  const days = schedule.days.map((day) => DAYS[day]).join(', ');
  const dates = schedule.startDate === schedule.endDate ? [schedule.startDate] : [schedule.startDate, schedule.endDate];
  const isPlain = days === '' || /^FREQ=WEEKLY;BYDAY=[A-Z,]+$/.test(schedule.rrule ?? '');
  return [
    element('strong', {}, joined([days || joined(dates, ' – ') || 'No day given', times(schedule)], ', ')),
    status === 'cancelled' ? element('span', { className: 'badge' }, 'cancelled') : null,
    days ? line(joined(dates, ' – '), 'minor') : null,
    isPlain ? null : line(schedule.text, 'minor'),
    schedule.exceptDates.length > 0 ? line(`except ${schedule.exceptDates.join(', ')}`, 'minor') : null,
  ];
}

function where({ venue, name }) {
  const region = joined([venue.state, venue.postcode], ' ');
  return [
    element('strong', {}, venue.name ?? name ?? 'No venue given'),
    line(joined([venue.address, venue.city, region], ', ')),
    line(joined([venue.phone, venue.website], ' · '), 'minor'),
  ];
}

function readFrom({ evidence, conflicts, confidence, notes }) {
  const count = new Set(evidence.map((each) => each.imageId)).size;
  const sources = evidence.map(({ image, fields }) => {
    const texts = Object.entries(fields).flatMap(([field, { text, grounded }]) =>
      NOT_PRINTED.includes(field) ? [] : `“${text}”${grounded === false ? ' (not found in the image)' : ''}`,
    );
    return element('li', {}, element('b', {}, image), ` ${[...new Set(texts)].join(' ')}`);
  });
  const disputes = conflicts.map(({ field, values }) =>
    element('li', { className: 'dispute' }, `${field}: ${values.map(({ value }) => value).join(' or ')}`),
  );
  const title = `${count} ${count === 1 ? 'image' : 'images'}${disputes.length > 0 ? ', not all agree' : ''}`;
  const sure = `${Math.round(confidence * 100)} % sure`;
  return [
    element('details', {}, element('summary', {}, title), element('ul', {}, ...disputes, ...sources)),
    line(sure, 'minor'),
    line(notes, 'minor'),
  ];
}

/** The list of shows, kept by id: rows that did not change stay as they are, with what a person opened in them. */
export class ShowTable {
  #body;
  #rows = new Map();

  constructor(body) {
    this.#body = body;
  }

  get size() {
    return this.#rows.size;
  }

  /** A `record` event: a show that is new or changed, and the ids of those that became part of another. */
  put({ supersedes = [], ...show }) {
    for (const id of supersedes) this.#remove(id);
    this.#write(show);
    this.#arrange();
  }

  /** The whole list. */
  replace(shows) {
    const ids = new Set(shows.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!ids.has(id)) this.#remove(id);
    for (const show of shows) this.#write(show);
    this.#arrange();
  }

  #write(show) {
    const text = JSON.stringify(show);
    const known = this.#rows.get(show.id);
    if (known?.text === text) return;
    const cells = [
      when(show),
      where(show),
      [joined([show.host.name, show.host.company], ' · ') || '–'],
      readFrom(show),
    ];
    const row = element('tr', { className: show.status }, ...cells.map((cell) => element('td', {}, ...cell)));
    if (known) known.row.replaceWith(row);
    this.#rows.set(show.id, { text, row, key: sortKey(show) });
  }

  #remove(id) {
    this.#rows.get(id)?.row.remove();
    this.#rows.delete(id);
  }

  #arrange() {
    const sorted = [...this.#rows.values()].sort((a, b) => a.key.localeCompare(b.key));
    // Only rows that are out of place move: moving one takes the keyboard's place away from it.
    sorted.forEach(({ row }, at) => {
      if (this.#body.children[at] !== row) this.#body.insertBefore(row, this.#body.children[at] ?? null);
    });
  }
}
