import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Test } from 'supertest';
import {
  auditPageSchema,
  changesetSchema,
  listedShowDetailSchema,
  showPageSchema,
  venuePageSchema,
} from '../../src/contract/catalogue-schemas.ts';
import type { Changeset, ListedShow } from '../../src/contract/catalogue.ts';
import { BOAT, OWL, startCatalogueServer, type CatalogueServer, type ToldShow } from '../support/catalogue-server.ts';

describe('the catalogue over HTTP', () => {
  let catalogue: CatalogueServer;
  beforeAll(async () => {
    catalogue = await startCatalogueServer();
  }, 60_000);
  afterAll(() => catalogue?.stop());

  const anyone = (path: string): Test => request(catalogue.server.url).get(path);
  const shows = async (query = ''): Promise<ListedShow[]> =>
    showPageSchema.strict().parse((await anyone(`/api/shows${query}`).expect(200)).body).shows;
  const act = async (id: string, what: string, body: object = {}): Promise<Changeset> =>
    changesetSchema
      .strict()
      .parse((await catalogue.asAdmin('post', `/api/changesets/${id}/${what}`, body).expect(200)).body);
  const published = async (told: ToldShow[]): Promise<Changeset> => {
    const { id } = await catalogue.changesetOf((await catalogue.read(told)).runId);
    return act(id, 'publish', { acceptRest: true });
  };

  it('takes a visitor’s run as a pending changeset, and tells at once what is listed already', async () => {
    const first = await catalogue.read([OWL], 'visitor');
    expect(first.alreadyListed).toEqual([]);
    const changeset = await catalogue.changesetOf(first.runId);
    expect(changeset).toMatchObject({ state: 'pending', audience: 'public', undecided: 1, counts: { new: 1 } });
    expect(await shows()).toEqual([]);
    expect((await act(changeset.id, 'publish', { acceptClean: true })).state).toBe('published');
    const [listed] = await shows();
    expect(listed).toMatchObject({ venue: { name: 'The Owl' }, schedule: { days: ['FR'], startTime: '20:00' } });
    const second = await catalogue.read([OWL, BOAT], 'visitor');
    const owl = second.shows.find(({ venue }) => venue.name === 'The Owl');
    expect(second.alreadyListed).toEqual([{ recordId: owl?.id, showId: listed?.id }]);
    const again = await anyone(`/api/runs/${second.runId}`).set(
      'Authorization',
      `Bearer ${catalogue.server.adminToken}`,
    );
    expect(again.body).toMatchObject({ alreadyListed: second.alreadyListed });
  });

  it('shows a change field by field, publishes it, and undoes it', async () => {
    const before = await shows();
    const run = await catalogue.read([{ ...OWL, scheduleText: 'Fridays 9pm', startTime: '9pm' }]);
    const { id, items } = await catalogue.changesetOf(run.runId);
    expect(items).toMatchObject([
      {
        kind: 'changed',
        changes: expect.arrayContaining([{ field: 'schedule.startTime', old: '20:00', new: '21:00' }]),
      },
    ]);
    await act(id, 'decisions', { decisions: [{ itemId: items[0]?.id, action: 'accept' }] });
    const done = await act(id, 'publish', { version: 2 });
    expect(done).toMatchObject({ state: 'published', publishedAt: expect.any(String) });
    const [changed] = await shows();
    expect(changed).toMatchObject({ id: before[0]?.id, schedule: { startTime: '21:00' } });
    const { body } = await anyone(`/api/shows/${changed?.id}`).expect(200);
    const { evidence } = listedShowDetailSchema.strict().parse(body);
    expect(evidence.map(({ runId, kind }) => [runId === run.runId, kind])).toEqual([
      [true, 'changed'],
      [false, 'new'],
    ]);
    expect(evidence[0]?.imageIds).toEqual(run.shows[0]?.evidence.map(({ imageId }) => imageId));
    expect(await act(id, 'undo')).toMatchObject({ state: 'undone' });
    expect(await shows()).toEqual(before);
  });

  it('refuses to publish twice, what was seen in another version, and to undo what others build upon', async () => {
    const first = await published([BOAT]);
    const twice = await catalogue.asAdmin('post', `/api/changesets/${first.id}/publish`, {}).expect(409);
    expect(twice.body).toMatchObject({ code: 'changeset.wrongState' });
    const second = await published([{ ...BOAT, hostName: 'KJ Max' }]);
    const { body } = await catalogue.asAdmin('post', `/api/changesets/${first.id}/undo`, {}).expect(409);
    expect(body).toMatchObject({ code: 'changeset.builtUpon', detail: expect.stringContaining(second.id) });
    const third = await catalogue.changesetOf((await catalogue.read([BOAT])).runId);
    const other = await catalogue.asAdmin('post', `/api/changesets/${third.id}/publish`, {
      acceptRest: true,
      version: 9,
    });
    expect(other.body).toMatchObject({ status: 409, code: 'changeset.stale' });
    const both = await Promise.all(
      [1, 2].map(() =>
        catalogue.asAdmin('post', `/api/changesets/${third.id}/publish`, { acceptRest: true, version: third.version }),
      ),
    );
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    for (const { id } of [third, second, first]) await act(id, 'undo');
  });

  it('learns from a correction: Crack Potts is Krackpots', async () => {
    const potts = {
      ...OWL,
      venueName: 'Crack Potts',
      venueAddress: '99 Elm St',
      days: ['Mondays'],
      scheduleText: 'Mondays',
    };
    const { id, items } = await catalogue.changesetOf((await catalogue.read([potts])).runId);
    const record = { venue: { name: 'Krackpots' } };
    const edited = await act(id, 'decisions', { decisions: [{ itemId: items[0]?.id, action: 'edit', record }] });
    expect(edited.items[0]?.decision?.record?.venue).toMatchObject({ name: 'Krackpots', address: '99 Elm St' });
    await act(id, 'publish');
    const again = await catalogue.changesetOf((await catalogue.read([potts])).runId);
    expect(again.items.map(({ kind, proposed }) => [kind, proposed?.venue.name])).toEqual([['confirmed', 'Krackpots']]);
    const venues = venuePageSchema.strict().parse((await anyone('/api/venues?q=krackpots').expect(200)).body).venues;
    expect(venues).toMatchObject([{ name: 'Krackpots', aliases: ['Crack Potts'], shows: 1 }]);
    await act(id, 'undo');
    const after = await catalogue.changesetOf((await catalogue.read([potts])).runId);
    expect(after.items.map(({ kind }) => kind)).toEqual(['new']);
  });

  it('does not cancel what is not seen, and lists what is said to be off', async () => {
    const twice = await published([
      BOAT,
      { ...BOAT, days: ['Mondays'], scheduleText: 'Mondays 6pm', startTime: '6pm', endTime: '8pm' },
    ]);
    const run = await catalogue.read([BOAT]);
    const { items } = await catalogue.changesetOf(run.runId);
    expect(items.map(({ kind }) => kind)).toEqual(['confirmed', 'notSeen']);
    const later = await published([BOAT]);
    expect(await shows('?q=boat')).toHaveLength(2);
    await act(later.id, 'undo');
    const refused = await catalogue.asAdmin(
      'post',
      `/api/changesets/${(await catalogue.changesetOf(run.runId)).id}/decisions`,
      {
        decisions: [{ itemId: items[1]?.id, action: 'accept' }],
      },
    );
    expect(refused.body).toMatchObject({ status: 400, code: 'request.invalid' });
    await act(twice.id, 'undo');
  });

  it('finds by place, night, time and words, a page at a time', async () => {
    await published([
      BOAT,
      ...[1, 2, 3].map((n) => ({
        ...OWL,
        venueName: `Hall ${n}`,
        venueAddress: `${n * 111} Oak Ave`,
        venueCity: 'Ocala',
      })),
    ]);
    const names = async (query: string): Promise<(string | null)[]> =>
      (await shows(query)).map(({ venue }) => venue.name);
    expect(await names('?city=orlando&day=sat&time=01:30')).toEqual(['The Boat']);
    expect(await names('?state=Florida&day=FR,SA&time=20:30&q=ocala')).toEqual(['Hall 1', 'Hall 2', 'Hall 3']);
    expect(await names('?host=leo')).toEqual(['The Boat']);
    expect(await names('?venue=nowhere')).toEqual([]);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await anyone(`/api/shows?limit=2${cursor ? `&cursor=${cursor}` : ''}`).expect(200);
      const page = showPageSchema.parse(body);
      expect(page.total).toBe(5);
      seen.push(...page.shows.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(5);
    for (const query of ['?day=someday', '?time=25:00', '?limit=0', '?cursor=x', '?near=1', '?limit=9999']) {
      expect((await anyone(`/api/shows${query}`)).body).toMatchObject({ status: 400, code: 'request.invalid' });
    }
    expect((await anyone('/api/shows/show_none')).body).toMatchObject({ status: 404, code: 'show.notFound' });
  });

  it('is changed by the admin alone, and says who did what', async () => {
    const [show] = await shows();
    expect(show).toBeDefined();
    for (const path of ['/api/changesets', '/api/changesets/x', '/api/audit']) await anyone(path).expect(401);
    for (const what of ['decisions', 'publish', 'undo']) {
      await request(catalogue.server.url).post(`/api/changesets/x/${what}`).send({}).expect(401);
    }
    await catalogue.asAdmin('post', '/api/changesets/x/publish', {}).expect(404);
    const { body } = await catalogue.asAdmin('get', '/api/audit?limit=200').expect(200);
    const { entries } = auditPageSchema.strict().parse(body);
    const actors = new Map(entries.map(({ action, actor }) => [`${action} ${actor}`, true]));
    for (const line of [
      'changeset.created submitter',
      'changeset.created admin',
      'changeset.published admin',
      'changeset.undone admin',
    ]) {
      expect(actors.has(line)).toBe(true);
    }
    expect(JSON.stringify(body)).not.toContain(catalogue.server.adminToken);
    expect(JSON.stringify(body)).not.toMatch(/token/i);
  });

  it('makes the changeset of a run on demand, once', async () => {
    const { runId } = await catalogue.read([BOAT]);
    const { id } = await catalogue.changesetOf(runId);
    const { body } = await catalogue.asAdmin('post', '/api/changesets', { runId }).expect(200);
    expect(body).toMatchObject({ id });
    expect((await catalogue.asAdmin('post', '/api/changesets', { runId: 'run_x' })).body).toMatchObject({
      status: 404,
    });
    expect((await catalogue.asAdmin('post', '/api/changesets', { id: 1 })).body).toMatchObject({ status: 400 });
  });

  it('is described in the OpenAPI document', async () => {
    const { body } = await anyone('/api/openapi.json').expect(200);
    const { paths, components } = body as { paths: Record<string, object>; components: { schemas: object } };
    for (const path of [
      '/api/shows',
      '/api/shows/{id}',
      '/api/venues',
      '/api/changesets/{id}/decisions',
      '/api/audit',
    ]) {
      expect(Object.keys(paths)).toContain(path);
    }
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(['Changeset', 'ShowPage', 'AuditPage']));
    expect(JSON.stringify(components.schemas)).toContain('alreadyListed');
  });
});
