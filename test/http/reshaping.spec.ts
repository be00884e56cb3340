import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { auditPageSchema, changesetSchema, showPageSchema } from '../../src/contract/catalogue-schemas.ts';
import type { Changeset, ChangesetItem } from '../../src/contract/catalogue.ts';
import type { Submission } from '../../src/contract/suggestion.ts';
import { BOAT, OWL, startCatalogueServer, type CatalogueServer } from '../support/catalogue-server.ts';

describe('merging and splitting the items of a changeset', () => {
  let catalogue: CatalogueServer;
  let id: string;
  let runId: string;
  let before: Changeset;
  let merged: ChangesetItem | undefined;
  beforeAll(async () => {
    catalogue = await startCatalogueServer();
    const run = await catalogue.read([
      OWL,
      { ...OWL, venueName: 'Owl Tavern', venueAddress: '40 Bay St', startTime: '9pm', scheduleText: 'Fridays 9pm' },
      BOAT,
    ]);
    ({ runId } = run);
    before = await catalogue.changesetOf(runId);
    ({ id } = before);
  }, 60_000);
  afterAll(() => catalogue?.stop());

  const act = async (what: string, body: object): Promise<Changeset> =>
    changesetSchema
      .strict()
      .parse((await catalogue.asAdmin('post', `/api/changesets/${id}/${what}`, body).expect(200)).body);
  const owls = ({ items }: Changeset) => items.filter(({ record }) => record?.venue.name?.includes('Owl'));
  const listed = async () =>
    showPageSchema.parse((await request(catalogue.server.url).get('/api/shows').expect(200)).body).shows;
  const same = ({ items }: Changeset) => items.map(({ decision: _decision, ...item }) => item);

  it('makes one item of two, with all their evidence and their differences as conflicts', async () => {
    expect(owls(before)).toHaveLength(2);
    const itemIds = owls(before).map((item) => item.id);
    await catalogue.asAdmin('post', `/api/changesets/${id}/merge`, { itemIds, version: 99 }).expect(409);
    await request(catalogue.server.url).post(`/api/changesets/${id}/merge`).send({ itemIds }).expect(401);
    const { items } = await act('merge', { itemIds, version: before.version });
    expect(items).toHaveLength(2);
    merged = items.find((item) => item.id.startsWith('made_'));
    expect(merged?.record?.conflicts.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['schedule.startTime', 'venue.address']),
    );
    expect(merged?.isClean).toBe(false);
    const { body } = await catalogue.asAdmin('get', `/api/runs/${runId}/submission`).expect(200);
    expect((body as Submission).shows).toHaveLength(3);
  });

  it('is taken back to what it was', async () => {
    const after = await act('unmerge', { itemId: merged?.id });
    expect(same(after)).toEqual(same(before));
    await act('merge', { itemIds: owls(before).map((item) => item.id) });
  });

  it('holds while the catalogue changes, is published as one, and undone', async () => {
    const other = await catalogue.changesetOf(
      (await catalogue.read([{ ...BOAT, venueName: 'The Harbor', venueAddress: '1 Pier' }])).runId,
    );
    await catalogue.asAdmin('post', `/api/changesets/${other.id}/publish`, { acceptRest: true }).expect(200);
    const { items } = await catalogue.changesetOf(runId);
    expect(items.map((item) => item.id)).toContain(merged?.id);
    await act('publish', { acceptRest: true });
    expect((await listed()).filter(({ venue }) => venue.name?.includes('Owl'))).toHaveLength(1);
    await catalogue.asAdmin('post', `/api/changesets/${id}/unmerge`, { itemId: merged?.id }).expect(409);
    await act('undo', {});
    expect((await listed()).filter(({ venue }) => venue.name?.includes('Owl'))).toHaveLength(0);
    expect(same(await act('unmerge', { itemId: merged?.id }))).toEqual(same(before));
    const { body } = await catalogue.asAdmin('get', `/api/audit?changesetId=${id}`).expect(200);
    const actions = auditPageSchema
      .strict()
      .parse(body)
      .entries.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['changeset.merged', 'changeset.unmerged']));
  });

  it('refuses in words what cannot be done', async () => {
    const [item] = before.items;
    const wrong: [string, object][] = [
      ['merge', { itemIds: [item?.id, 'show_none'] }],
      ['merge', { itemIds: [item?.id] }],
      ['split', { itemId: item?.id, imageIds: ['img_none'] }],
      ['split', { itemId: item?.id, imageIds: item?.record?.evidence.map(({ imageId }) => imageId) }],
      ['unmerge', { itemId: item?.id }],
    ];
    for (const [what, body] of wrong) {
      const { body: problem } = await catalogue.asAdmin('post', `/api/changesets/${id}/${what}`, body).expect(400);
      expect(problem.code).toBe('request.invalid');
    }
  });
});
