import type { Format } from '../format.ts';
import type { Chart } from './charts.ts';

/** A value as the axis and the legend say it; an en dash where there is none. */
export function valueIn(format: Format, unit: Chart['unit'], value: number | null): string {
  if (value === null) return '–';
  switch (unit) {
    case 'ms':
      return value < 1_000 ? `${format.number(value, value < 10 ? 1 : 0)} ms` : format.duration(value);
    case 'money':
      return format.money(value);
    case 'share':
      return format.share(value);
    case 'mb':
      return `${format.number(value)} MB`;
    case 'count':
    case 'perMinute':
      return format.number(value, value < 10 ? 1 : 0);
  }
}
