import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const VENUES = fileURLToPath(new URL('../../samples/venues.csv', import.meta.url));
const BY = ['--by', 'name,address,city,phone'];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merge-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function merge(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, 'merge', ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('contactsheet merge', () => {
  test('writes every row back in its order, with its cluster', async () => {
    const { code, out, err } = await merge(VENUES, ...BY);
    const given = (await readFile(VENUES, 'utf8')).trim().split('\n');
    const rows = out.trim().split('\n');
    expect(code).toBe(0);
    expect(rows.map((row) => row.slice(0, row.lastIndexOf(',')))).toEqual(given);
    expect(rows.map((row) => row.slice(row.lastIndexOf(',') + 1))).toEqual('cluster 1 2 1 3 4 1 2 5 3 6'.split(' '));
    expect(err).toContain('10 rows, 6 clusters, 3 of them of several rows');
  });

  test('merging the merged gives the same clusters and loses no column, and then the same file', async () => {
    const [first, second, third] = ['1.csv', '2.csv', '3.csv'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await merge(VENUES, ...BY, '--out', first);
    const { err } = await merge(first, ...BY, '--out', second);
    await merge(second, ...BY, '--out', third);
    expect(err).toContain('it is kept as "cluster_before"');
    const rows = (await readFile(second, 'utf8')).trim().split('\n').slice(1);
    for (const row of rows) expect(row.split(',').at(-1)).toBe(row.split(',').at(-2));
    expect(await readFile(third, 'utf8')).toBe(await readFile(second, 'utf8'));
    expect(await readdir(folder)).toEqual(['1.csv', '2.csv', '3.csv']);
  });

  test('reads semicolons with a byte order mark, Latin-1 with tabs, JSON lines and arrays; columns are the union', async () => {
    const paths = [
      await file('a.csv', '\ufeffName;Straße\r\n"Café; ""Müller""";Haupt 1\r\n'),
      await file('b.tsv', Buffer.from('id\tName\nx1\tCaf\xe9 M\xfcller\n', 'latin1')),
      await file('c.jsonl', '{"Name":"Zed","tags":["a","b"]}\n{"Name":"=1+1"}\n'),
      await file('d.json', '[{"Name":"Zed, the \\"last\\"","id":7}]'),
    ];
    const { code, out } = await merge(...paths, '--by', 'name');
    expect(code).toBe(0);
    expect(out.split('\n').map((row) => row.replace(/,\d+$/, ''))).toEqual([
      'Name,Straße,id,tags,cluster',
      '"Café; ""Müller""",Haupt 1,,',
      'Café Müller,,x1,',
      'Zed,,,"[""a"",""b""]"',
      '=1+1,,,',
      '"Zed, the ""last""",,7,',
      '',
    ]);
  });

  test('JSON comes back as JSON, with why', async () => {
    const { out } = await merge(VENUES, ...BY, '--format', 'json', '--explain');
    const rows = JSON.parse(out) as { name: string; cluster: number; explain?: { row: number; fields: unknown[] } }[];
    expect(rows).toHaveLength(10);
    expect(rows[1]).toMatchObject({ name: 'The Midnight Owl', cluster: 2, explain: { row: 7 } });
    expect(rows[1]!.explain!.fields).toContainEqual(expect.objectContaining({ field: 'name', level: 'much alike' }));
    expect(rows[9]).not.toHaveProperty('explain');
  });

  test('a field may be called differently in each file', async () => {
    const one = await file('one.csv', 'title,price\nPhoto Studio Deluxe 10,49.99\n');
    const two = await file('two.csv', 'label,price\nphoto studio deluxe 10,49.99\nTax Helper,19.00\n');
    const { out } = await merge(one, two, '--by', 'title=label,price');
    expect(
      out
        .trim()
        .split('\n')
        .map((row) => row.split(',').at(-1)),
    ).toEqual(['cluster', '1', '1', '2']);
  });

  test.each([
    [['--by', 'nme'], 'There is no column "nme". There are: name, address, city, phone.'],
    [['--by', ','], 'Say what to compare by: --by name,address,city,phone'],
  ])('says what is wrong with %j', async (args, words) => {
    const { code, err } = await merge(VENUES, ...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  test('says what is wrong with a file', async () => {
    const missing = join(folder, 'missing.csv');
    expect(await merge(missing, '--by', 'name')).toMatchObject({ code: 2, err: `There is no file ${missing}.\n` });
    const broken = await file('broken.json', '[{"name":"a"},{"name":');
    const { code, err } = await merge(broken, '--by', 'name');
    expect({ code, err }).toEqual({ code: 2, err: `${broken} ends in the middle of record 2.\n` });
    const empty = await file('empty.csv', '\n');
    expect(await merge(empty, '--by', 'name')).toMatchObject({ code: 2, err: `${empty} is empty.\n` });
  });
});
