import {
  createTheme,
  defaultVariantColorsResolver,
  rem,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** The red grease pencil that marks the frames to print. Shade 7 on paper and 4 on film have a contrast above 4.5:1. */
const grease: MantineColorsTuple = [
  '#fff0eb',
  '#ffddd3',
  '#ffbdab',
  '#ff9a80',
  '#ff7c5c',
  '#f25b38',
  '#dd4524',
  '#b9341a',
  '#972813',
  '#74200f',
];

/** Warm greys, from paper to ink. */
const gray: MantineColorsTuple = [
  '#f8f5ee',
  '#f0ece2',
  '#e2dccf',
  '#d0c9b9',
  '#aca493',
  '#857d6d',
  '#625b4e',
  '#4a443a',
  '#312d26',
  '#1d1a15',
];

/** Film, from what is printed on it to its base. */
const dark: MantineColorsTuple = [
  '#ebe6da',
  '#d2ccbe',
  '#b0a899',
  '#867f72',
  '#4b463d',
  '#38342d',
  '#26231e',
  '#171511',
  '#100e0b',
  '#080706',
];

const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";

/** What is filled with the first colour: Mantine reckons its contrast for the light scheme alone. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const isFirst = input.color === undefined || input.color === 'grease';
  return input.variant === 'filled' && isFirst ? { ...colors, color: 'var(--mantine-primary-color-contrast)' } : colors;
};

export const theme = createTheme({
  variantColorResolver,
  colors: { grease, gray, dark },
  primaryColor: 'grease',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.33,
  white: '#fffdf8',
  black: '#1d1a15',
  fontFamily: SANS,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', Menlo, Consolas, monospace",
  headings: { fontFamily: SANS, fontWeight: '680', sizes: { h1: { fontSize: rem(30), lineHeight: '1.15' } } },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** What Mantine's own palette has too faint to be read on our grounds. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f8f5ee',
    '--mantine-primary-color-contrast': '#fffdf8',
    '--mantine-color-dimmed': '#5f584b',
    '--mantine-color-placeholder': '#716a5c',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': '#d0c9b9',
  },
  dark: {
    '--mantine-color-body': '#171511',
    '--mantine-primary-color-contrast': '#14120e',
    '--mantine-color-text': '#ebe6da',
    '--mantine-color-dimmed': '#b0a899',
    '--mantine-color-placeholder': '#9b9384',
    '--mantine-color-error': '#ff9a90',
    '--mantine-color-default-border': '#4b463d',
  },
});
