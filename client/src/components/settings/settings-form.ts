import { SETTING_BOUNDS, type Settings } from '../../../../src/contract/settings.ts';

/** The settings as they are typed: numbers are words until they are right. */
export interface SettingsForm {
  processingMode: Settings['processingMode'];
  maxConcurrentWorkers: string;
  maxInFlight: { isAuto: boolean; typed: string };
  /** Seconds; the contract has ms. */
  timeoutSeconds: string;
  maxRetries: string;
  batchSize: { isAuto: boolean; typed: string };
  isHedging: boolean;
  budgetUsd: { isCapped: boolean; typed: string };
}

export type SettingName = keyof SettingsForm;

/** Why a value would be refused; words in `settings:check`, with `min` and `max`. */
export type SettingProblem = { kind: 'whole' | 'number'; min: number; max: number } | { kind: 'money' };

/** What is offered when a number takes the place of "automatic". */
const FIRST_IN_FLIGHT = '8';
const FIRST_BATCH = '10';
const FIRST_BUDGET = '1';

export function formOf(settings: Settings): SettingsForm {
  const { maxInFlight, batchSize, budgetUsdPerRun } = settings;
  return {
    processingMode: settings.processingMode,
    maxConcurrentWorkers: String(settings.maxConcurrentWorkers),
    maxInFlight: {
      isAuto: maxInFlight === 'auto',
      typed: maxInFlight === 'auto' ? FIRST_IN_FLIGHT : String(maxInFlight),
    },
    timeoutSeconds: String(settings.timeoutPerImage / 1_000),
    maxRetries: String(settings.maxRetries),
    batchSize: { isAuto: batchSize === 'auto', typed: batchSize === 'auto' ? FIRST_BATCH : String(batchSize) },
    isHedging: settings.hedging === 'auto',
    budgetUsd: {
      isCapped: budgetUsdPerRun !== null,
      typed: budgetUsdPerRun === null ? FIRST_BUDGET : String(budgetUsdPerRun),
    },
  };
}

/** A number as people write it, with a point or a comma; NaN where it is none. */
export function numberIn(typed: string): number {
  const words = typed.trim().replace(',', '.');
  return /^\d+(?:\.\d+)?$/.test(words) ? Number(words) : NaN;
}

export function settingProblems(form: SettingsForm): Map<SettingName, SettingProblem> {
  const problems = new Map<SettingName, SettingProblem>();
  const whole = (name: SettingName, typed: string, { min, max }: { min: number; max: number }) => {
    const value = numberIn(typed);
    if (!Number.isInteger(value) || value < min || value > max) problems.set(name, { kind: 'whole', min, max });
  };
  whole('maxConcurrentWorkers', form.maxConcurrentWorkers, SETTING_BOUNDS.maxConcurrentWorkers);
  whole('maxRetries', form.maxRetries, SETTING_BOUNDS.maxRetries);
  if (!form.maxInFlight.isAuto) whole('maxInFlight', form.maxInFlight.typed, SETTING_BOUNDS.maxInFlight);
  if (!form.batchSize.isAuto) whole('batchSize', form.batchSize.typed, SETTING_BOUNDS.batchSize);
  const { min, max } = SETTING_BOUNDS.timeoutPerImage;
  const timeoutMs = millisecondsIn(form.timeoutSeconds);
  if (!(timeoutMs >= min && timeoutMs <= max)) {
    problems.set('timeoutSeconds', { kind: 'number', min: min / 1_000, max: max / 1_000 });
  }
  if (form.budgetUsd.isCapped && !(numberIn(form.budgetUsd.typed) > 0)) problems.set('budgetUsd', { kind: 'money' });
  return problems;
}

/** Of a form without problems. */
export function settingsIn(form: SettingsForm): Settings {
  return {
    processingMode: form.processingMode,
    maxConcurrentWorkers: numberIn(form.maxConcurrentWorkers),
    maxInFlight: form.maxInFlight.isAuto ? 'auto' : numberIn(form.maxInFlight.typed),
    timeoutPerImage: millisecondsIn(form.timeoutSeconds),
    maxRetries: numberIn(form.maxRetries),
    batchSize: form.batchSize.isAuto ? 'auto' : numberIn(form.batchSize.typed),
    hedging: form.isHedging ? 'auto' : 'off',
    budgetUsdPerRun: form.budgetUsd.isCapped ? numberIn(form.budgetUsd.typed) : null,
  };
}

/** The settings that would become another by saving; those typed wrong count as well. */
export function changedSettings(saved: Settings, form: SettingsForm): SettingName[] {
  const before = formOf(saved);
  const problems = settingProblems(form);
  const meant = formOf(
    settingsIn({ ...form, ...Object.fromEntries([...problems.keys()].map((name) => [name, before[name]])) }),
  );
  return (Object.keys(before) as SettingName[]).filter(
    (name) => problems.has(name) || JSON.stringify(before[name]) !== JSON.stringify(meant[name]),
  );
}

/** Half a millisecond is none: 1.0005 s is 1,001 ms. */
function millisecondsIn(typedSeconds: string): number {
  return Math.round(numberIn(typedSeconds) * 1_000);
}
