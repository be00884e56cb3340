import type { Drawing } from './layout.ts';
import type { Random } from './random.ts';
import type { Step } from './plan.ts';
import { ABOUT } from './truth.ts';
import type { ImageShow, ImageTruth, MergedShow, Truth, TruthShow } from './truth.ts';
import { ruleOf } from './wording.ts';
import type { PlannedShow, Region, World } from './world.ts';

/** Chooses which shows go on which image, and keeps the truth of the whole pile. */
export class Pile {
  readonly images: ImageTruth[] = [];
  readonly #world: World;
  readonly #timesShown = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Draws one image of the region that has been shown least, with its least shown shows first. */
  draw(step: Step, random: Random): Drawing {
    const shown = (show: PlannedShow): number => this.#timesShown.get(show.id) ?? 0;
    const average = (region: Region): number =>
      region.shows.reduce((sum, show) => sum + shown(show), 0) / region.shows.length + random.between(0, 0.7);
    const ranked = this.#world.regions
      .map((region) => ({ region, key: average(region) }))
      .sort((a, b) => a.key - b.key);
    const region = ranked[0]?.region;
    if (!region) throw new Error('a world without regions');
    const shows = region.shows
      .map((show) => ({ show, key: shown(show) + random.between(0, 1.3) }))
      .sort((a, b) => a.key - b.key)
      .map(({ show }) => show);
    return step.layout({ random, metro: region.metro, shows, width: step.width });
  }

  /** Notes a finished image in the truth. */
  add(file: string, step: Step, effects: string[], drawing: Drawing): void {
    const shows = step.expect === 'shows' ? drawing.facts : [];
    for (const { show } of shows) this.#timesShown.set(show, (this.#timesShown.get(show) ?? 0) + 1);
    this.images.push({ file, kind: step.kind, expect: step.expect, effects, shows });
  }

  truth(seed: number): Truth {
    const planned = this.#world.regions.flatMap((region) => region.shows);
    const placeOf = new Map(planned.map((show) => [show.id, show.place]));
    const merged = planned
      .map((show) => {
        const printed = this.images.flatMap((image) => image.shows);
        const atVenue = printed.filter((one) => placeOf.get(one.show) === show.place);
        return mergedShow(show, this.images, atVenue);
      })
      .filter((show) => show.images.length > 0);
    return { about: ABOUT, seed, images: this.images, merged };
  }
}

/** The best values of a show: its full ones, where at least one image prints that field. */
function mergedShow(show: PlannedShow, images: readonly ImageTruth[], atVenue: readonly ImageShow[]): MergedShow {
  const printed = images.flatMap((image) => image.shows.filter((one) => one.show === show.id));
  const onAny = <Value>(read: (one: TruthShow) => Value | null, best: Value): Value | null =>
    printed.some((one) => read(one) !== null) ? best : null;
  const { place, presenter } = show;
  const kind = place.streetKind[0] ? ` ${place.streetKind[0]}` : '';
  const street = `${place.number} ${place.street}${kind}${place.unit ? `, ${place.unit}` : ''}`;
  const address = onAny((one) => one.venue.address, street);
  const city = onAny((one) => one.venue.city, place.town);
  return {
    id: show.id,
    status: show.status,
    venue: {
      name: onAny((one) => one.venue.name, place.name),
      address,
      city,
      state: onAny((one) => one.venue.state, place.state),
      postcode: onAny((one) => one.venue.postcode, place.postcode),
      phone: onAny((one) => one.venue.phone, place.phone),
    },
    host: {
      name: onAny((one) => one.host.name, presenter?.name ?? null),
      company: onAny((one) => one.host.company, presenter?.company ?? null),
    },
    schedule: {
      days: show.days,
      startTime: show.startTime,
      endTime: onAny((one) => one.schedule.endTime, show.endTime),
      rrule: ruleOf(show.days, show.weeks),
    },
    elsewhere: {
      address: address === null && atVenue.some((one) => one.venue.address !== null) ? street : null,
      city: city === null && atVenue.some((one) => one.venue.city !== null) ? place.town : null,
    },
    images: images.filter((image) => image.shows.some((one) => one.show === show.id)).map((image) => image.file),
  };
}
