import type { RunContext } from '../../../contract/analysis.ts';
import type { ShowReading, Weekday } from '../../../contract/show.ts';
import type { PrintedPage, PrintedPlace } from '../../grounding/printed-page.ts';
import { around } from '../../grounding/boxes.ts';
import { plainText } from '../listings/page-lines.ts';
import { findPhrases, type SchedulePhrase } from '../schedule/phrases.ts';
import { scheduleOf } from '../schedule/read-schedule.ts';

interface PlacedPhrase {
  phrase: SchedulePhrase;
  line: number;
}

/** Less than a place that says just this: hours of other things, days among more days. */
const OF_SOMETHING_ELSE = 0.8;
const AMONG_OTHERS = 0.9;

/** What the lines of a page say of when, read by the same rules as everything that is printed: `9p`, `8-12`, `Tues`. */
export class PrintedTimes {
  readonly #page: PrintedPage;
  readonly #context: RunContext;
  readonly #phrases: PlacedPhrase[];

  constructor(page: PrintedPage, context: RunContext) {
    this.#page = page;
    this.#context = context;
    this.#phrases = page.page.lines.flatMap(({ text }, line) =>
      findPhrases(plainText(text)).map((phrase) => ({ phrase, line })),
    );
  }

  /** Where an hour is printed as the start (`HH:MM`). */
  starts(time: string): PrintedPlace[] {
    return this.#phrases.flatMap(({ phrase, line }) => {
      if (phrase.kind !== 'time' || phrase.startTime !== time || phrase.startSpan === null) return [];
      return this.#place(line, phrase.startSpan, phrase.decoy ? OF_SOMETHING_ELSE : 1);
    });
  }

  /** Where an hour is printed as the end (`HH:MM`). */
  ends(time: string): PrintedPlace[] {
    return this.#phrases.flatMap(({ phrase, line }) => {
      if (phrase.kind !== 'time' || phrase.endTime !== time || phrase.endSpan === null) return [];
      return this.#place(line, phrase.endSpan, phrase.decoy ? OF_SOMETHING_ELSE : 1);
    });
  }

  /** Where these days are printed: together, among others (`Thu-Sat` of a Friday), or as a date; else one by one. */
  days(days: readonly Weekday[]): PrintedPlace[] {
    const wanted = new Set(days);
    const places = this.#phrases.flatMap(({ phrase, line }) => {
      const said = new Set(this.#daysOf(phrase));
      if (!days.every((day) => said.has(day))) return [];
      return this.#place(line, [phrase.start, phrase.end], said.size === wanted.size ? 1 : AMONG_OTHERS);
    });
    return places.length > 0 ? places : this.#daysApart(days);
  }

  /** Where a date (`YYYY-MM-DD`) is printed, counted from the run's start where it has no year. */
  dates(field: 'startDate' | 'endDate', date: string): PrintedPlace[] {
    return this.#phrases.flatMap(({ phrase, line }) => {
      if (phrase.kind === 'time' || scheduleOf([phrase], this.#context)[field] !== date) return [];
      return this.#place(line, [phrase.start, phrase.end], 1);
    });
  }

  #daysOf(phrase: SchedulePhrase): Weekday[] {
    if (phrase.kind === 'days') return phrase.excluded ? [] : phrase.days;
    return phrase.kind === 'date' ? scheduleOf([phrase], this.#context).days : [];
  }

  /** `Tuesday` in one line and `Thursday` in another are together the days of one show. */
  #daysApart(days: readonly Weekday[]): PrintedPlace[] {
    if (days.length < 2) return [];
    const parts = days.map((day) => this.days([day]));
    const first = parts[0]?.[0];
    if (first === undefined) return [];
    const near = parts.map(
      (places) =>
        places.toSorted((a, b) => this.#page.distance(a.box, first.box) - this.#page.distance(b.box, first.box))[0],
    );
    const known = near.filter((place) => place !== undefined);
    const box = around(known.map((place) => place.box));
    if (known.length < days.length || box === null) return [];
    const text = [...new Set(known.map((place) => place.text))].join(' ');
    const readerConfidence = Math.min(...known.map((place) => place.readerConfidence));
    return [{ text, box, likeness: AMONG_OTHERS, readerConfidence }];
  }

  #place(line: number, [from, to]: readonly [number, number], likeness: number): PrintedPlace[] {
    const place = this.#page.placeIn(line, from, to);
    return place === null ? [] : [{ ...place, likeness }];
  }
}

/** Where the words of the schedule itself are printed, if they are one stretch of print. */
export function scheduleWords(page: PrintedPage, { schedule }: ShowReading): PrintedPlace[] {
  return schedule.text === null ? [] : page.find(schedule.text);
}
