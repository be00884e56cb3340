import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../contract/coded-error.ts';
import { errorFields } from './log-error.ts';

const thrownBy = async (work: () => Promise<unknown>) => work().catch((error: unknown) => error);

describe('errorFields', () => {
  it('keeps type, message, code and cause, and nothing that hangs on the error besides', () => {
    const inner = Object.assign(new TypeError('inner'), { headers: { authorization: 'Bearer x' }, code: 'ECONNRESET' });
    const fields = errorFields(new CodedError('model.unreachable', 'outer', { cause: inner }));
    expect(fields).toMatchObject({ type: 'CodedError', message: 'outer', code: 'model.unreachable' });
    expect(fields.cause).toMatchObject({ type: 'TypeError', message: 'inner', code: 'ECONNRESET' });
    expect(JSON.stringify(fields)).not.toContain('Bearer');
  });

  it('says where in the program it was, without the folders above it', () => {
    const here = fileURLToPath(new URL('../..', import.meta.url));
    const text = JSON.stringify(errorFields(new Error('x')));
    expect(text).toContain('src/observability/log-error.spec.ts');
    expect(text).not.toContain(here);
  });

  it('names a file that is missing without its folders', async () => {
    const error = await thrownBy(() => readFile('/srv/jane doe/data/images/ab12.jpg'));
    const fields = errorFields(error);
    expect(fields.message).toContain("open 'ab12.jpg'");
    expect(JSON.stringify(fields)).not.toMatch(/jane|srv/);
  });

  it.each([
    [`at read (${new URL('../../dist/main.js:10:5', import.meta.url).href})`, 'at read (dist/main.js:10:5)'],
    ['at read (file:///srv/other/dist/main.js:10:5)', 'at read (main.js:10:5)'],
    ['at /usr/lib/node_modules/contactsheet/node_modules/pg/lib/x.js:1:2', 'at node_modules/pg/lib/x.js:1:2'],
    [String.raw`open 'C:\Users\Jane Doe\data\a.png'`, "open 'a.png'"],
    [String.raw`at C:\Users\Jane\node_modules\pg\x.js:3:4`, String.raw`at node_modules\pg\x.js:3:4`],
    ['at node:internal/process/task_queues:95:5', 'at node:internal/process/task_queues:95:5'],
    ['POST https://host.example/v1/models/x failed', 'POST https://host.example/v1/models/x failed'],
    ['3/4 and/or 1/2', '3/4 and/or 1/2'],
  ])('%s', (message, wanted) => {
    expect(errorFields(new Error(message)).message).toBe(wanted);
  });

  it('takes what is no error, and a cause that is its own', () => {
    expect(errorFields('lost')).toEqual({ type: 'string', message: 'lost' });
    expect(errorFields(undefined)).toEqual({ type: 'undefined', message: 'undefined' });
    const circle = new Error('circle');
    circle.cause = circle;
    expect(JSON.stringify(errorFields(circle)).match(/"cause"/g)).toHaveLength(5);
  });
});
