import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { estimateSchema } from '../../src/contract/schemas.ts';
import { runCli } from '../support/cli.ts';
import { startGeminiStandIn, type GeminiStandIn } from '../support/gemini-stand-in.ts';
import { pictures } from '../support/pictures.ts';
import { named, upload } from '../support/requests.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';

const PATH = '/api/runs/estimate';

describe('an estimate, before anything is asked', () => {
  let gemini: GeminiStandIn;
  let server: ServerProcess;

  beforeAll(async () => {
    gemini = await startGeminiStandIn();
    server = await startServerProcess({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl, MODEL_RPM: '100' });
  });
  afterAll(async () => {
    await server.stop();
    await gemini.close();
    await removeDirectory(server.dataDir);
  });

  it('says images, calls, tokens, dollars and seconds of the files that are sent, and keeps none of them', async () => {
    const pile = await pictures(3);
    const files = [...named(pile), { name: 'twin.png', bytes: pile[0] ?? Buffer.alloc(0) }];
    const broken = { name: 'broken.png', bytes: Buffer.from('no image') };
    const { body } = await upload(server.url, PATH, [...files, broken], server.adminToken).expect(200);
    const estimate = estimateSchema.strict().parse(body);
    expect(estimate).toMatchObject({
      images: 5,
      unreadable: 1,
      duplicates: 1,
      calls: 3,
      model: 'gemini:gemini-2.5-flash',
    });
    expect(estimate.tokens.input).toBeGreaterThan(3 * 258);
    expect(estimate.costUsd).toBeGreaterThan(0);
    expect(estimate.seconds).toBeGreaterThan(0);
    expect(gemini.calls).toEqual([]);
  });

  it('takes sizes alone, knows what the account allows, and whether the cap would do', async () => {
    const ask = (images: number) =>
      request(server.url)
        .post(PATH)
        .set('Authorization', `Bearer ${server.adminToken}`)
        .send({ images: Array.from({ length: images }, () => ({ width: 1_080, height: 2_340 })) })
        .expect(200);
    const [few, many] = [(await ask(20)).body, (await ask(250)).body];
    // A hundred a minute: the last fifty wait for the third minute.
    expect(few.seconds).toBeLessThan(20);
    expect(many.seconds).toBeGreaterThan(120);
    expect(many.costUsd / few.costUsd).toBeCloseTo(12.5, 1);
    expect(many).toMatchObject({ budgetUsd: null, isWithinBudget: null });
  });

  it('of products counts the objects that are still to be found, or the parts that are sent', async () => {
    const ask = (fields: object) =>
      request(server.url)
        .post(PATH)
        .set('Authorization', `Bearer ${server.adminToken}`)
        .send({ analysis: 'products', images: [{ width: 800, height: 600 }], ...fields })
        .expect(200);
    expect(estimateSchema.strict().parse((await ask({})).body)).toMatchObject({ calls: 13, objectsPerImage: 12 });
    const whole = estimateSchema.strict().parse((await ask({ options: { eachByItself: false } })).body);
    expect([whole.calls, whole.objectsPerImage]).toEqual([1, undefined]);
    const detections = [0, 0.5].map((left) => ({ image: 'image-0.png', box: [left, 0, 0.5, 1] }));
    const { body } = await upload(server.url, PATH, named(await pictures(1)), server.adminToken)
      .field('analysis', 'products')
      .field('detections', JSON.stringify(detections))
      .expect(200);
    expect(estimateSchema.strict().parse(body)).toMatchObject({ images: 2, duplicates: 0, calls: 2 });
  });

  it('is for the admin, and refuses what it cannot use in words', async () => {
    await request(server.url).post(PATH).send({ images: [] }).expect(401);
    const asAdmin = () => request(server.url).post(PATH).set('Authorization', `Bearer ${server.adminToken}`);
    expect((await asAdmin().send({ images: [] })).body).toMatchObject({ status: 400, code: 'upload.empty' });
    const { body } = await asAdmin().send({ images: [{ width: -1, height: 'x' }] });
    expect(body).toMatchObject({ status: 400, code: 'request.invalid' });
  });

  it('on the command line as well', async () => {
    const samples = new URL('../../samples/images', import.meta.url).pathname;
    const env = { GEMINI_API_KEY: 'k', GEMINI_BASE_URL: gemini.baseUrl };
    const { code, stdout } = await runCli(['parse', samples, '--estimate', '--data-dir', server.dataDir], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /images +36\nmodel +gemini:gemini-2.5-flash\ncalls +36\ntokens +about \d+ in, \d+ out\ncost +about \$0\.\d+/,
    );
    expect(gemini.calls).toEqual([]);
  });
});
