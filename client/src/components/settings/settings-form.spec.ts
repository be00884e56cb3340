import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settingsSchema } from '../../../../src/contract/schemas.ts';
import { DEFAULT_SETTINGS, SETTING_BOUNDS, type Settings } from '../../../../src/contract/settings.ts';
import { changedSettings, formOf, numberIn, settingProblems, settingsIn } from './settings-form.ts';

const within = ({ min, max }: { min: number; max: number }) => fc.integer({ min, max });
const settings: fc.Arbitrary<Settings> = fc.record({
  processingMode: fc.constantFrom('parallel', 'sequential'),
  maxConcurrentWorkers: within(SETTING_BOUNDS.maxConcurrentWorkers),
  maxInFlight: fc.oneof(fc.constant('auto' as const), within(SETTING_BOUNDS.maxInFlight)),
  timeoutPerImage: within(SETTING_BOUNDS.timeoutPerImage),
  maxRetries: within(SETTING_BOUNDS.maxRetries),
  batchSize: fc.oneof(fc.constant('auto' as const), within(SETTING_BOUNDS.batchSize)),
  hedging: fc.constantFrom('off', 'auto'),
  budgetUsdPerRun: fc.option(fc.integer({ min: 1, max: 100_000 }).map((cents) => cents / 100)),
});

describe('the form of the settings', () => {
  it('says every setting, and gives it back', () => {
    fc.assert(
      fc.property(settings, (some) => {
        const form = formOf(some);
        expect(settingProblems(form).size).toBe(0);
        expect(settingsIn(form)).toEqual(some);
        expect(changedSettings(some, form)).toEqual([]);
      }),
    );
  });

  it('finds a problem exactly where the server would', () => {
    const typed = fc.oneof(
      fc.integer({ min: -5, max: 1_200 }).map(String),
      fc.constantFrom('', ' ', 'x', '1.5', '1e3'),
    );
    fc.assert(
      fc.property(typed, typed, typed, (retries, workers, batch) => {
        const form = {
          ...formOf(DEFAULT_SETTINGS),
          maxRetries: retries,
          maxConcurrentWorkers: workers,
          batchSize: { isAuto: false, typed: batch },
        };
        const isTaken = settingsSchema.safeParse(settingsIn(form)).success;
        expect(settingProblems(form).size === 0).toBe(isTaken);
      }),
    );
  });

  it('tells which settings are not saved, the mistyped ones as well, and not what only looks different', () => {
    const form = formOf(DEFAULT_SETTINGS);
    expect(changedSettings(DEFAULT_SETTINGS, { ...form, maxRetries: '4', timeoutSeconds: 'soon' })).toEqual([
      'timeoutSeconds',
      'maxRetries',
    ]);
    expect(changedSettings(DEFAULT_SETTINGS, { ...form, maxRetries: ' 3.0 ' })).toEqual([]);
  });

  it('reads numbers with a comma too, and nothing else', () => {
    expect(numberIn('0,5')).toBe(0.5);
    for (const typed of ['', '-1', '1e3', '0x10', 'Infinity', '1.2.3']) expect(numberIn(typed)).toBeNaN();
  });
});
