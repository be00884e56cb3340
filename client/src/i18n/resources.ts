/**
 * The texts of the pages: one file a page and language, the English ones being the shape of the others. A page's texts are
 * loaded with the page, in the language in use.
 */
import type changeset from './en/changeset.ts';
import type common from './en/common.ts';
import type parser from './en/parser.ts';
import type performance from './en/performance.ts';
import type recipes from './en/recipes.ts';
import type records from './en/records.ts';
import type review from './en/review.ts';
import type runs from './en/runs.ts';
import type settings from './en/settings.ts';
import type shows from './en/shows.ts';
import type submit from './en/submit.ts';

export interface Resources {
  changeset: typeof changeset;
  common: typeof common;
  parser: typeof parser;
  performance: typeof performance;
  recipes: typeof recipes;
  records: typeof records;
  review: typeof review;
  runs: typeof runs;
  settings: typeof settings;
  shows: typeof shows;
  submit: typeof submit;
}

/** The same keys, in other words. */
export type Translated<Texts> = { [Key in keyof Texts]: Texts[Key] extends string ? string : Translated<Texts[Key]> };

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];
