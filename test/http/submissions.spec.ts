import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Test } from 'supertest';
import { auditPageSchema } from '../../src/contract/catalogue-schemas.ts';
import {
  submissionSchema,
  suggestionsSchema,
  type Submission,
  type Suggestion,
} from '../../src/contract/suggestion.ts';
import { BOAT, OWL, startCatalogueServer, type CatalogueServer } from '../support/catalogue-server.ts';
import { named, PARSER_PATHS, runUntil, startAsync } from '../support/requests.ts';
import { picture } from '../support/pictures.ts';

interface Sent {
  runId: string;
  runToken: string;
}

describe('what a visitor says of the shows that were read', () => {
  let catalogue: CatalogueServer;
  let pictures = 500;
  beforeAll(async () => {
    catalogue = await startCatalogueServer();
  }, 60_000);
  afterAll(() => catalogue?.stop());

  /** Sent as a visitor, who keeps the token; read as the stand-in was told last. */
  const sent = async (): Promise<Sent> => {
    const file = named([await picture((pictures += 1))]);
    const run = await startAsync(catalogue.server.url, PARSER_PATHS.parallel, file);
    await runUntil(catalogue.server.url, run.runId, run.runToken, ({ state }) => state === 'completed');
    return run;
  };
  const suggest = ({ runId, runToken }: Sent, body: object): Test =>
    request(catalogue.server.url)
      .post(`/api/runs/${runId}/suggestions`)
      .set('Authorization', `Bearer ${runToken}`)
      .send(body);
  const suggested = async (run: Sent, body: object): Promise<Suggestion[]> =>
    suggestionsSchema.parse((await suggest(run, body).expect(200)).body);
  const submission = async ({ runId, runToken }: Sent): Promise<Submission> => {
    const { body } = await request(catalogue.server.url)
      .get(`/api/runs/${runId}/submission?token=${runToken}`)
      .expect(200);
    return submissionSchema.strict().parse(body);
  };
  const act = (id: string, what: string, body: object = {}) =>
    catalogue.asAdmin('post', `/api/changesets/${id}/${what}`, body).expect(200);

  it('comes up beside the item, cleaned, and decides nothing', async () => {
    await catalogue.read([OWL, BOAT]);
    const run = await sent();
    const { items, id, version } = await catalogue.changesetOf(run.runId);
    const owl = items.find(({ record }) => record?.venue.name === 'The Owl');
    const boat = items.find(({ record }) => record?.venue.name === 'The Boat');
    expect(owl?.suggestion).toBeNull();
    await suggested(run, { recordId: boat?.id, confirm: true });
    await suggested(run, { recordId: owl?.id, record: { notes: 'first word' } });
    const all = await suggested(run, {
      recordId: owl?.id,
      record: {
        venue: { phone: '  813-555-0100 ' },
        host: { name: 'DJ\u0007 Bea  ' },
        schedule: { startTime: '21:00' },
      },
    });
    expect(all).toHaveLength(2);
    const after = await catalogue.changesetOf(run.runId);
    const seen = after.items.find((item) => item.id === owl?.id);
    expect(seen).toMatchObject({
      decision: null,
      proposed: owl?.proposed,
      suggestion: {
        confirm: false,
        record: {
          venue: { name: 'The Owl', phone: '813-555-0100' },
          host: { name: 'DJ Bea' },
          schedule: { startTime: '21:00', endTime: '00:00', days: ['FR'] },
          notes: null,
        },
      },
    });
    expect(after.items.find((item) => item.id === boat?.id)?.suggestion).toMatchObject({ confirm: true, record: null });
    expect(after.version).toBe(version);
    const { body } = await catalogue.asAdmin('get', `/api/audit?changesetId=${id}`).expect(200);
    const said = auditPageSchema
      .strict()
      .parse(body)
      .entries.filter(({ action }) => action === 'changeset.suggested');
    expect(said.map(({ actor }) => actor)).toEqual(['submitter', 'submitter', 'submitter']);
  });

  it('is heard from the sender of that very run alone, only of its records, and in a bounded number', async () => {
    const [one, other] = [await sent(), await sent()];
    const recordId = (await catalogue.changesetOf(one.runId)).items[0]?.id;
    await suggest({ ...one, runToken: other.runToken }, { recordId, confirm: true }).expect(401);
    await request(catalogue.server.url).get(`/api/runs/${one.runId}/submission`).expect(401);
    const refused: [object, string][] = [
      [{ recordId: 'show_none', confirm: true }, 'no such record'],
      [{ recordId }, 'confirm'],
      [{ recordId, confirm: false }, 'confirm'],
      [{ recordId, record: { notes: 'x'.repeat(2_001) } }, '2000'],
      [{ recordId, record: { schedule: { exceptDates: Array(401).fill('2026-01-01') } } }, 'too many'],
      [{ recordId, record: { owner: 'me' } }, 'owner'],
    ];
    for (const [body, words] of refused) {
      const { body: problem } = await suggest(one, body).expect(400);
      expect(problem.code).toBe('request.invalid');
      expect(problem.detail).toContain(words);
    }
    for (let time = 0; time < 20; time++) await suggested(one, { recordId, confirm: true });
    await suggest(one, { recordId, confirm: true }).expect(400);
    const asAdmin = await catalogue.asAdmin('get', `/api/runs/${one.runId}/suggestions`).expect(200);
    expect(suggestionsSchema.parse(asAdmin.body)).toMatchObject([{ recordId, confirm: true }]);
  });

  it('follows the run until it is published, declined or undone', async () => {
    await catalogue.read([{ ...OWL, venueName: 'The Heron', venueAddress: '99 Bay St' }]);
    const run = await sent();
    expect(await submission(run)).toMatchObject({ state: 'pending', shows: [{ showId: null, decision: null }] });
    const { id, items } = await catalogue.changesetOf(run.runId);
    const decide = (action: string) => act(id, 'decisions', { decisions: [{ itemId: items[0]?.id, action }] });
    await decide('skip');
    expect(await submission(run)).toMatchObject({ state: 'declined', shows: [{ decision: 'skip' }] });
    await decide('accept');
    await act(id, 'publish');
    expect(await submission(run)).toMatchObject({
      state: 'published',
      shows: [{ recordId: items[0]?.id, showId: expect.stringMatching(/^show_/), decision: 'accept' }],
    });
    const late = await suggest(run, { recordId: items[0]?.id, confirm: true }).expect(409);
    expect(late.body.code).toBe('changeset.wrongState');
    await act(id, 'undo');
    expect(await submission(run)).toMatchObject({ state: 'undone' });
  });
});
