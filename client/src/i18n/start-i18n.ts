import { createInstance, type BackendModule, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from './resources.ts';

const KEY = 'contactsheet.language';
/** Those of the first page come with it, in both languages: which one is wanted is known only here. */
const atOnce = import.meta.glob<object>('./{en,es}/{common,shows}.ts', { eager: true, import: 'default' });
const files = import.meta.glob<{ default: object }>(['./{en,es}/*.ts', '!./*/{common,shows}.ts']);

const textsAtOnce = (language: Language) => ({
  common: atOnce[`./${language}/common.ts`] ?? {},
  shows: atOnce[`./${language}/shows.ts`] ?? {},
});

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const load = files[`./${language}/${namespace}.ts`];
    if (load === undefined) return done(new Error(`no texts: ${language}/${namespace}`), false);
    load().then(
      (file) => done(null, file.default),
      (error: Error) => done(error, false),
    );
  },
};

/** The language chosen before, else the first of the browser's that the pages have, else English. */
function preferredLanguage(): Language {
  const chosen = storedLanguage();
  const wanted = [...(chosen === null ? [] : [chosen]), ...navigator.languages].map((tag) => tag.slice(0, 2));
  return LANGUAGES.find((language) => language === wanted.find((tag) => LANGUAGES.some((one) => one === tag))) ?? 'en';
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @returns when the texts are there that every page needs, and the first one */
export async function startI18n(): Promise<i18n> {
  const instance = createInstance();
  instance.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // Not kept: then the browser's language counts again next time.
    }
  });
  await instance
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: preferredLanguage(),
      supportedLngs: [...LANGUAGES],
      fallbackLng: false,
      // Asked for when the first page is drawn, it would be drawn empty first, and React keeps that up for a third of a second.
      resources: { en: textsAtOnce('en'), es: textsAtOnce('es') },
      partialBundledLanguages: true,
      ns: ['common', 'shows'],
      defaultNS: 'common',
      // React escapes what it shows; escaped twice, an apostrophe reads `&#39;`.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  return instance;
}
