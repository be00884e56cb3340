import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Truth } from './truth.ts';

const script = fileURLToPath(new URL('make.ts', import.meta.url));
const samples = fileURLToPath(new URL('.', import.meta.url));
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function make(out: string, count: number, seed: number): void {
  execFileSync(process.execPath, [script, '--out', out, '--count', String(count), '--seed', String(seed)]);
}

function truthIn(folder: string): Truth {
  return JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;
}

function hashes(folder: string): string[] {
  const files = readdirSync(join(folder, 'images')).map((file) => join(folder, 'images', file));
  return [...files, join(folder, 'truth.json')].map((file) =>
    createHash('sha256').update(readFileSync(file)).digest('hex'),
  );
}

describe('make.ts', () => {
  let out = '';
  beforeAll(() => {
    out = mkdtempSync(join(tmpdir(), 'contactsheet-samples-'));
    make(join(out, 'a'), 9, 5);
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('gives the same bytes for the same seed, others for another', () => {
    make(join(out, 'b'), 9, 5);
    make(join(out, 'c'), 2, 6);
    expect(hashes(join(out, 'b'))).toEqual(hashes(join(out, 'a')));
    expect(hashes(join(out, 'a'))).not.toContain(hashes(join(out, 'c'))[0]);
  });
});

describe('truth.json', () => {
  const { images, merged } = truthIn(samples);

  it('names exactly the files in images/', () => {
    expect(images.map((image) => image.file).toSorted()).toEqual(readdirSync(join(samples, 'images')).toSorted());
  });

  it('holds what the pile is meant to hold', () => {
    const shown = merged.map((show) => show.images.length);
    expect(images.length).toBeGreaterThanOrEqual(24);
    expect(images.filter((image) => image.expect === 'unreadable')).toHaveLength(1);
    expect(images.filter((image) => image.expect === 'none').length).toBeGreaterThanOrEqual(1);
    expect(shown.filter((count) => count > 1).length).toBeGreaterThan(merged.length / 3);
    expect(merged.some((show) => show.status === 'cancelled')).toBe(true);
    expect(sizeOfLargestGroup(merged.map((show) => show.venue.name))).toBeGreaterThanOrEqual(3);
    expect(sizeOfLargestGroup(merged.map((show) => show.host.name))).toBeGreaterThanOrEqual(5);
    expect(venuesAtOneAddress()).toBeGreaterThanOrEqual(2);
  });

  it('says nothing on an image that its merged show does not say', () => {
    const byId = new Map(merged.map((show) => [show.id, show]));
    for (const { file, shows } of images) {
      for (const { show: id, venue, schedule, host } of shows) {
        const whole = byId.get(id);
        expect(whole?.images).toContain(file);
        expect(whole?.schedule.days).toEqual(schedule.days);
        expect(schedule.startTime).toMatch(TIME);
        if (schedule.endTime !== null) expect(schedule.endTime).toBe(whole?.schedule.endTime);
        if (host.name !== null) expect(host.name).toBe(whole?.host.name);
        if (venue.city !== null) expect(venue.city).toBe(whole?.venue.city);
      }
    }
  });

  it('stays small enough to be cloned', () => {
    const sizeBytes = images.reduce((sum, image) => sum + statSync(join(samples, 'images', image.file)).size, 0);
    expect(sizeBytes).toBeLessThan(9_000_000);
  });

  function sizeOfLargestGroup(names: readonly (string | null)[]): number {
    return Math.max(...names.map((name) => (name === null ? 0 : names.filter((other) => other === name).length)));
  }

  function venuesAtOneAddress(): number {
    const namesAt = new Map<string, Set<string | null>>();
    for (const { venue } of merged) {
      if (venue.address === null || venue.city === null) continue;
      const place = `${venue.address}, ${venue.city}`;
      namesAt.set(place, (namesAt.get(place) ?? new Set()).add(venue.name));
    }
    return Math.max(...[...namesAt.values()].map((names) => names.size));
  }
});
