import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Figures as the language of the page writes them. */
export interface Format {
  number(value: number, digits?: number): string;
  /** 0..1 */
  share(value: number): string;
  /** `$0.21`; below a cent, what there is: `$0.0031`. */
  money(usd: number): string;
  /** `0.8 s`, `25 s`, `3 min 10 s`, `2 h 5 min` */
  duration(ms: number): string;
  bytes(bytes: number): string;
  dateTime(instant: string): string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => formatFor(i18n.language), [i18n.language]);
}

export function formatFor(language: string): Format {
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  return {
    number,
    share: (value) => new Intl.NumberFormat(language, { style: 'percent' }).format(value),
    money: (usd) =>
      new Intl.NumberFormat(language, {
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
        ...(usd > 0 && usd < 0.01 ? { maximumSignificantDigits: 2 } : {}),
        ...(Number.isInteger(usd) ? { maximumFractionDigits: 0 } : {}),
      }).format(usd),
    duration(ms) {
      if (ms > 0 && ms < 95) return `${Math.ceil(ms)} ms`;
      if (ms < 9_950) return `${number(ms / 1_000, 1)} s`;
      const seconds = Math.round(ms / 1_000);
      if (ms < MINUTE_MS) return `${seconds} s`;
      const minutes = Math.floor(seconds / 60);
      if (ms < HOUR_MS) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
      return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    },
    bytes(bytes) {
      if (bytes < 1_000) return `${bytes} B`;
      return bytes < 1_000_000 ? `${number(bytes / 1_000)} kB` : `${number(bytes / 1_000_000, 1)} MB`;
    },
    dateTime: (instant) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant)),
  };
}
