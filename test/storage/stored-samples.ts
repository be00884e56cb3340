import { DEFAULT_SETTINGS } from '../../src/contract/settings.ts';
import type { Checkpoint, StoredEvent, StoredImage, StoredRun } from '../../src/runs/run-store.ts';

let runsMade = 0;

/** A queued run with an id of its own. */
export function aRun(fields: Partial<StoredRun> = {}): StoredRun {
  runsMade += 1;
  return {
    id: `run_${runsMade}`,
    analysis: 'shows',
    mode: 'parallel',
    model: 'local',
    state: 'queued',
    audience: 'public',
    context: {
      timezone: 'America/Chicago',
      city: 'Tulsa',
      state: 'OK',
      notes: null,
      startedAt: '2026-01-01T00:00:00.000Z',
    },
    settings: { ...DEFAULT_SETTINGS },
    tokenHash: 'c'.repeat(64),
    createdAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    activeMs: 0,
    notices: [],
    metrics: null,
    records: null,
    video: null,
    ...fields,
  };
}

/** A pending image. */
export function anImage(position: number, fields: Partial<StoredImage> = {}): StoredImage {
  const sha256 = position.toString(16).padStart(64, '0');
  return {
    position,
    imageId: `img_${sha256.slice(-24)}`,
    sha256,
    name: `image ${position}.png`,
    sizeBytes: 5_000_000_000,
    state: 'pending',
    observations: null,
    failure: null,
    ms: 0,
    attempts: 0,
    tokens: { input: 0, output: 0 },
    ...fields,
  };
}

export function someImages(count: number): StoredImage[] {
  return Array.from({ length: count }, (_, position) => anImage(position));
}

/** An image read with one observation. */
export function aCheckpoint(position: number, fields: Partial<Checkpoint> = {}): Checkpoint {
  const image = anImage(position);
  return {
    position,
    state: 'done',
    observations: [{ imageId: `img_${position}`, image: image.name, index: 0, reading: { venue: 'The Owl', day: 2 } }],
    failure: null,
    ms: 12.5,
    attempts: 1,
    tokens: { input: 1_120, output: 99 },
    ...fields,
  };
}

export function anEvent(seq: number, data: unknown = { seq }): StoredEvent {
  return { seq, type: 'progress', data };
}
