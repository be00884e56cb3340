import { GlobalFonts } from '@napi-rs/canvas';
import { createRequire } from 'node:module';

/** Typefaces by what they are for, and the package, weight and file each comes from. All are free (OFL or Apache). */
const FACES = {
  ui: ['inter', 400],
  uiMedium: ['inter', 500],
  uiBold: ['inter', 700],
  droid: ['roboto', 400],
  droidMedium: ['roboto', 500],
  droidBold: ['roboto', 700],
  narrow: ['barlow-condensed', 500],
  narrowBold: ['barlow-condensed', 700],
  gothic: ['oswald', 500],
  gothicBold: ['oswald', 700],
  impact: ['anton', 400],
  tall: ['bebas-neue', 400],
  slab: ['alfa-slab-one', 400],
  script: ['lobster', 400],
  marker: ['permanent-marker', 400],
  chalk: ['cabin-sketch', 700],
  comic: ['bangers', 400],
  neon: ['monoton', 400],
  typewriter: ['special-elite', 400],
  brush: ['caveat-brush', 400],
} as const satisfies Record<string, readonly [family: string, weight: number]>;

export type Face = keyof typeof FACES;

/** Makes the typefaces known to the canvas. System fonts are never used: they differ from machine to machine. */
export function loadFonts(): void {
  const { resolve } = createRequire(import.meta.url);
  for (const [face, [family, weight]] of Object.entries(FACES)) {
    const file = resolve(`@fontsource/${family}/files/${family}-latin-${weight}-normal.woff2`);
    if (!GlobalFonts.registerFromPath(file, `sample-${face}`))
      throw new Error(`font ${family} ${weight} cannot be loaded`);
  }
}

/** CSS font shorthand of a face. */
export function fontOf(face: Face, sizePx: number): string {
  return `${sizePx}px "sample-${face}"`;
}
