import { create } from 'zustand';
import {
  DEFAULT_POSTER_OPTIONS,
  ZONE_PRESETS,
  type PosterOptions,
  type ZonePreset,
  type ZoneWish,
} from '../../../../src/contract/poster.ts';

/** The zones that the next run of posters is judged by. Kept while the page lives: three posters are tried first, then all. */
export interface ChosenZones {
  presets: readonly ZonePreset[];
  /** Zones of one's own, as JSON text. */
  ownText: string;
  /** 0..1 */
  minOverlap: number;
}

export type ZonesProblem = 'notJson' | 'notZones' | 'sameName' | 'none' | 'tooMany';

const MOST_ZONES = 20;
const ROUNDING = 1e-6;

export const useChosenZones = create<ChosenZones>(() => ({
  presets: ZONE_PRESETS.filter((preset) => DEFAULT_POSTER_OPTIONS.zones.includes(preset)),
  ownText: '',
  minOverlap: DEFAULT_POSTER_OPTIONS.minOverlap,
}));

/** What the run is told, or why it cannot be told that. Pure. */
export function posterOptions({
  presets,
  ownText,
  minOverlap,
}: ChosenZones): Pick<PosterOptions, 'zones' | 'minOverlap'> | ZonesProblem {
  const own = ownZones(ownText);
  if (typeof own === 'string') return own;
  const zones = [...presets, ...own];
  const names = zones.map((zone) => (typeof zone === 'string' ? zone : zone.name));
  if (zones.length === 0) return 'none';
  if (zones.length > MOST_ZONES) return 'tooMany';
  return new Set(names).size === names.length ? { zones, minOverlap } : 'sameName';
}

/** Zones from JSON: a list of `{ name, box }`, or an object that has them as `zones`. Empty for an empty text. */
export function ownZones(text: string): ZoneWish[] | 'notJson' | 'notZones' {
  if (text.trim() === '') return [];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'notJson';
  }
  const list: unknown = typeof json === 'object' && json !== null && 'zones' in json ? json.zones : json;
  return Array.isArray(list) && list.every(isZone)
    ? list.map(({ name, box }) => ({ name: name.trim(), box }))
    : 'notZones';
}

function isZone(value: unknown): value is ZoneWish {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('box' in value)) return false;
  const { name, box } = value;
  if (typeof name !== 'string' || name.trim() === '' || !Array.isArray(box) || box.length !== 4) return false;
  if (!box.every((edge): edge is number => typeof edge === 'number' && edge >= 0 && edge <= 1)) return false;
  const [x = 0, y = 0, width = 0, height = 0] = box;
  return width > 0 && height > 0 && x + width <= 1 + ROUNDING && y + height <= 1 + ROUNDING;
}
