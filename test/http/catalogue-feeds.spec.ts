import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse as parseCsv } from 'csv-parse/sync';
import ICAL from 'ical.js';
import request, { type Response } from 'supertest';
import { foreignProperties } from '../../src/catalogue/exports/schema-org.fixture.ts';
import { showPageSchema } from '../../src/contract/catalogue-schemas.ts';
import type { Changeset, ListedShow } from '../../src/contract/catalogue.ts';
import { BOAT, OWL, startCatalogueServer, type CatalogueServer, type ToldShow } from '../support/catalogue-server.ts';

const EVIL = `=HYPERLINK("http://x.example","Robert'); drop table shows; --<script>alert(1)</script>")`;

describe('the catalogue’s feeds', () => {
  let catalogue: CatalogueServer;
  let owl: ListedShow | undefined;

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    request(catalogue.server.url)
      .get(path)
      .set(headers)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks).toString()));
      });
  const text = (response: Response): string => String(response.body);
  const shows = async (query = ''): Promise<ListedShow[]> =>
    showPageSchema.parse((await request(catalogue.server.url).get(`/api/shows${query}`).expect(200)).body).shows;
  const published = async (told: ToldShow[]): Promise<Changeset> => {
    const { id } = await catalogue.changesetOf((await catalogue.read(told)).runId);
    const answer = catalogue.asAdmin('post', `/api/changesets/${id}/publish`, { acceptRest: true });
    return (await answer.expect(200)).body as Changeset;
  };
  const eventsOf = (ics: string): ICAL.Component[] => new ICAL.Component(ICAL.parse(ics)).getAllSubcomponents('vevent');

  beforeAll(async () => {
    catalogue = await startCatalogueServer();
    await published([OWL, BOAT]);
    [owl] = await shows('?venue=owl');
  }, 60_000);
  afterAll(() => catalogue?.stop());

  it('are calendars of a city, a venue or a host', async () => {
    const whole = await get('/api/shows.ics');
    expect(whole.headers['content-type']).toMatch(/^text\/calendar/);
    expect(eventsOf(text(whole))).toHaveLength(2);
    for (const query of ['city=Tampa', `venue=${owl?.venue.id}`, 'host=ann', `host=${owl?.host.id}`]) {
      const [event, ...rest] = eventsOf(text(await get(`/api/shows.ics?${query}`)));
      expect(rest).toEqual([]);
      expect(event?.getFirstPropertyValue('uid')).toBe(`${owl?.id}@contactsheet`);
      expect(event?.getFirstProperty('dtstart')?.getParameter('tzid')).toBe('America/New_York');
    }
    expect((await get('/api/shows.ics?town=Tampa')).status).toBe(400);
  });

  it('are the same bytes while nothing changes, and say so', async () => {
    const first = await get('/api/shows.ics?city=Tampa');
    const { etag, 'cache-control': caching } = first.headers;
    expect([etag, caching]).toEqual([
      expect.stringMatching(/^"[\w-]+"$/),
      expect.stringMatching(/^public, max-age=\d+$/),
    ]);
    await published([OWL]);
    const again = await get('/api/shows.ics?city=Tampa', { 'If-None-Match': String(etag) });
    expect([again.status, text(again)]).toEqual([304, '']);
  });

  it('count up when a show changes, and when that is undone', async () => {
    const sequence = async (): Promise<[number, string]> => {
      const [event] = eventsOf(text(await get('/api/shows.ics?city=Tampa')));
      return [Number(event?.getFirstPropertyValue('sequence')), String(event?.getFirstPropertyValue('last-modified'))];
    };
    const before = await sequence();
    const { id } = await published([{ ...OWL, scheduleText: 'Fridays 9pm', startTime: '9pm' }]);
    const changed = await sequence();
    await catalogue.asAdmin('post', `/api/changesets/${id}/undo`, {}).expect(200);
    const undone = await sequence();
    expect(before[0]).toBeLessThan(changed[0]);
    expect(changed[0]).toBeLessThan(undone[0]);
    expect(before[1] <= changed[1] && changed[1] <= undone[1]).toBe(true);
  });

  it('describe a show as schema.org does, with its next nights', async () => {
    const response = await get(`/api/shows/${owl?.id}.jsonld`);
    expect(response.headers['content-type']).toMatch(/^application\/ld\+json/);
    const graph = (JSON.parse(text(response)) as { '@graph': Record<string, unknown>[] })['@graph'];
    expect(graph).toHaveLength(9);
    expect(foreignProperties(graph)).toEqual([]);
    expect(graph[0]).toMatchObject({ '@id': `urn:contactsheet:${owl?.id}`, eventSchedule: { '@type': 'Schedule' } });
    expect(graph.slice(1).every(({ startDate }) => /T20:00:00-0[45]:00$/.test(String(startDate)))).toBe(true);
    expect((await get('/api/shows/show_none.jsonld')).status).toBe(404);
  });

  it('give the list as CSV', async () => {
    const response = await get('/api/shows?format=csv&city=tampa');
    expect(response.headers['content-disposition']).toMatch(/^attachment/);
    const [row] = parseCsv(text(response), { bom: true, columns: true }) as Record<string, string>[];
    expect(row).toMatchObject({ id: owl?.id, venue: 'The Owl', days: 'FR', startTime: '20:00', city: 'Tampa' });
  });

  it('carry what strangers write unharmed, and harmless', async () => {
    const run = await catalogue.read(
      [{ ...OWL, venueName: 'Bait', venueAddress: '1 Hook St', venueCity: 'Ocala' }],
      'visitor',
    );
    const { id, items } = await catalogue.changesetOf(run.runId);
    const record = { venue: { name: EVIL }, host: { name: EVIL }, notes: EVIL };
    await catalogue
      .asAdmin('post', `/api/changesets/${id}/decisions`, {
        decisions: [{ itemId: items[0]?.id, action: 'edit', record }],
      })
      .expect(200);
    await catalogue.asAdmin('post', `/api/changesets/${id}/publish`, {}).expect(200);
    const [evil] = await shows('?city=ocala');
    expect(evil).toMatchObject({ venue: { name: EVIL }, host: { name: EVIL }, notes: EVIL });
    expect(await shows(`?q=${encodeURIComponent("'); drop table shows; --")}`)).toHaveLength(1);
    const csv = text(await get('/api/shows?format=csv&city=ocala'));
    const [row] = parseCsv(csv, { bom: true, columns: true }) as Record<string, string>[];
    expect([row?.venue, row?.host, row?.notes]).toEqual([`'${EVIL}`, `'${EVIL}`, `'${EVIL}`]);
    const jsonld = text(await get(`/api/shows/${evil?.id}.jsonld`));
    expect(jsonld).not.toContain('<script');
    expect(JSON.parse(jsonld)['@graph'][0].location.name).toBe(EVIL);
    const [event] = eventsOf(text(await get('/api/shows.ics?city=ocala')));
    expect(event?.getFirstPropertyValue('location')).toContain(EVIL);
    expect(await shows()).toHaveLength(3);
  });
});
