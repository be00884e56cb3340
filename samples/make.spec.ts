import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { paletteOf } from '../src/analyses/styles/palette.ts';
import type { PortfolioTruth } from './portfolio.ts';
import type { ShelvesTruth } from './shelves.ts';
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
  return ['images', 'shelves', 'portfolio', '.'].flatMap((name) =>
    readdirSync(join(folder, name), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        createHash('sha256')
          .update(readFileSync(join(entry.parentPath, entry.name)))
          .digest('hex'),
      ),
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

describe('shelves', () => {
  const folder = join(samples, 'shelves');
  const { products, images } = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as ShelvesTruth;
  const coco = JSON.parse(readFileSync(join(folder, 'detections.json'), 'utf8')) as {
    images: { id: number; file_name: string; width: number; height: number }[];
    annotations: { image_id: number; bbox: number[] }[];
  };

  it('are eight photos of forty products each, small enough to be cloned', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.jpg'));
    expect(images.map(({ file }) => file)).toEqual(files);
    expect(images.map(({ detections }) => detections.length)).toEqual(Array.from({ length: 8 }, () => 40));
    expect(files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)).toBeLessThan(1_200_000);
  });

  it('have detections inside their photos, the same as the truth has', () => {
    const boxes = coco.images.map(({ id }) => coco.annotations.filter((each) => each.image_id === id));
    expect(boxes.map((each) => each.map(({ bbox }) => bbox))).toEqual(
      images.map(({ detections }) => detections.map(({ bbox }) => bbox)),
    );
    for (const { image_id: id, bbox } of coco.annotations) {
      const [x = -1, y = -1, width = 0, height = 0] = bbox;
      const photo = coco.images[id - 1];
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(photo?.width ?? 0);
      expect(y + height).toBeLessThanOrEqual(photo?.height ?? 0);
    }
  });

  it('show every product several times, each with a colour of its own', () => {
    const shown = images.flatMap(({ detections }) => detections.map(({ product }) => product));
    for (const place of products.keys()) expect(shown.filter((each) => each === place).length).toBeGreaterThan(3);
    expect(new Set(products.map(({ colour }) => colour)).size).toBe(products.length);
  });
});

describe('the portfolio', () => {
  const folder = join(samples, 'portfolio');
  const { looks } = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as PortfolioTruth;

  it('has the colours that it is said to have, where they are not small', async () => {
    expect(looks).toHaveLength(12);
    for (const { file, ground, pieces } of looks) {
      const { data, info } = await sharp(join(folder, file)).raw().toBuffer({ resolveWithObject: true });
      const palette = paletteOf({ data, width: info.width, height: info.height });
      const plain = pieces.slice(0, 1).filter(({ pattern }) => pattern === 'plain');
      for (const colour of [ground, ...plain.map((piece) => piece.colour)]) {
        const nearest = Math.min(...palette.map(({ hex }) => distance(hex, colour)));
        expect({ file, colour, isMeasured: nearest < 12 }).toEqual({ file, colour, isMeasured: true });
      }
    }
  });

  function distance(one: string, other: string): number {
    const [a, b] = [one, other].map((hex) => Number.parseInt(hex.slice(1), 16));
    return Math.max(...[16, 8, 0].map((shift) => Math.abs((((a ?? 0) >> shift) & 255) - (((b ?? 0) >> shift) & 255))));
  }
});
