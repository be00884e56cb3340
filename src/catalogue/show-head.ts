import type { PageHead } from '../http/client-pages.ts';
import { scheduleInWords } from '../analyses/shows/schedule/schedule-words.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { Show } from '../contract/show.ts';
import { toDatedJsonLd } from './exports/jsonld.ts';
import { dateAt } from './feeds.ts';
import { asShow, type ListedShows } from './listed-shows.ts';

/** Nights of a recurring show that its JSON-LD states as events. */
const DATED_NIGHTS = 8;

/** A published show as schema.org describes it, with its next nights. Safe inside a `<script>` of a page. */
export function linkedDataOf(show: Show): string {
  return toDatedJsonLd(show, dateAt(new Date(), show), DATED_NIGHTS);
}

/** What the page of a published show says of itself; null where there is no such show. */
export async function showHead(listed: ListedShows, showId: string): Promise<PageHead | null> {
  try {
    const show = asShow((await listed.revisedShow(showId)).listed);
    const { venue, schedule, host } = show;
    const place = [venue.name, venue.city, venue.state].filter((word) => word !== null).join(', ');
    const when = scheduleInWords(schedule, 'en');
    const cancelled = show.status === 'cancelled' ? 'Cancelled' : null;
    const what = [cancelled, when, place, host.name && `with ${host.name}`].filter((words) => Boolean(words));
    return {
      title: `${[show.name ?? 'Karaoke', place].filter((words) => words !== '').join(' · ')} – Contactsheet`,
      description: what.join('. '),
      jsonLd: linkedDataOf(show),
    };
  } catch (error) {
    if (error instanceof CodedError && error.code === 'show.notFound') return null;
    throw error;
  }
}
