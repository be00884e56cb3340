/** A colour of an image and how much of it has that colour. */
export interface Swatch {
  /** `#rrggbb` */
  hex: string;
  /** The nearest of CSS's named colours, by how people see differences. */
  name: string;
  /** Of the image's pixels, 0..1. */
  share: number;
}

/** One piece of clothing of a look; lists may be empty, texts are null where the model did not say. */
export interface Garment {
  kind: string;
  silhouette: string | null;
  fabrics: string[];
  pattern: string | null;
  construction: string[];
}

/** What one image of a portfolio shows. */
export interface Look {
  kind: 'look';
  id: string;
  /** Several where the same picture was sent more than once. */
  images: { imageId: string; image: string }[];
  garments: Garment[];
  /** Measured from the pixels, largest share first; never asked of a model. */
  palette: Swatch[];
  moods: string[];
  occasions: string[];
  seasons: string[];
  description: string | null;
  /** 0..1, as the model says. */
  confidence: number;
}

export const STYLE_ASPECTS = [
  'garment',
  'silhouette',
  'fabric',
  'pattern',
  'construction',
  'mood',
  'occasion',
  'season',
  'colour',
] as const;
export type StyleAspect = (typeof STYLE_ASPECTS)[number];

/** Something that several looks have in common. */
export interface RecurringElement {
  aspect: StyleAspect;
  value: string;
  /** How many looks have it. */
  looks: number;
  /** Of all looks, 0..1. */
  share: number;
}

/** All looks of a portfolio together. */
export interface Portfolio {
  kind: 'portfolio';
  id: string;
  looks: number;
  /** Of two looks or more, the commonest first. */
  recurring: RecurringElement[];
  /** What makes it recognisable: of each aspect the commonest element, where at least two fifths of the looks have it. */
  signature: RecurringElement[];
  /** Looks that share least with the others, the strangest first. */
  outliers: { lookId: string; image: string; /** 0..1: how much of it others have too. */ kinship: number }[];
  /** Over all looks alike. */
  palette: Swatch[];
}

/** Records of the analysis `styles`: the looks, then the portfolio. */
export type StyleRecord = Look | Portfolio;
