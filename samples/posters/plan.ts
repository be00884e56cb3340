import type { ElementKind } from '../../src/contract/poster.ts';
import type { Face } from '../fonts.ts';

/** What is drawn on one poster. Places in fractions of its width and height. */
export interface PosterPlan {
  file: string;
  /** From top to bottom. */
  sky: readonly [string, string];
  ink: string;
  title: {
    lines: readonly string[];
    face: Face;
    /** Of the height. */ size: number;
    /** Its first line's top. */ top: number;
  };
  /** Middle and half the height of each. */
  faces: readonly { x: number; y: number; radius: number; skin: string; hair: string }[];
  logo: { text: string; x: number; y: number } | null;
  /** Top of the block. */
  creditsTop: number | null;
  rating: { text: string; x: number; y: number } | null;
  tagline: { text: string; y: number } | null;
  /** What the default zones cover of what must stay clear. */
  violates: readonly { zone: string; kind: ElementKind }[];
}

/** Names are invented. */
export const CREDITS = [
  'ORIEL PICTURES PRESENTS A MARISOL VENN FILM  TALIA ROWE  JONAS ABARA  "MIRELLE QUIST"',
  'MUSIC BY OTTO LINDGREEN  EDITED BY P. SALVO  COSTUMES BY INES HALLORAN  CASTING BY R. DUNE',
  'WRITTEN BY CASS ELLERY AND MARISOL VENN  PRODUCED BY T. OKORO  DIRECTED BY MARISOL VENN',
] as const;

export const POSTERS: readonly PosterPlan[] = [
  {
    file: '01-all-clear.jpg',
    sky: ['#0b1d33', '#c96f4a'],
    ink: '#fdf3e3',
    title: { lines: ['THE LAST', 'CROSSING'], face: 'gothicBold', size: 0.085, top: 0.58 },
    faces: [{ x: 0.5, y: 0.34, radius: 0.13, skin: '#d9a37c', hair: '#2a1a14' }],
    logo: { text: 'ORIEL', x: 0.5, y: 0.885 },
    creditsTop: 0.78,
    rating: { text: 'PG-13', x: 0.85, y: 0.885 },
    tagline: { text: 'Some rivers only run one way', y: 0.19 },
    violates: [],
  },
  {
    file: '02-credits-low.jpg',
    sky: ['#1c2b1f', '#8aa05a'],
    ink: '#f7f6e4',
    title: { lines: ['PINE COUNTY'], face: 'slab', size: 0.075, top: 0.66 },
    faces: [{ x: 0.42, y: 0.4, radius: 0.14, skin: '#8a5a3c', hair: '#16100c' }],
    logo: null,
    creditsTop: 0.925,
    rating: null,
    tagline: { text: 'Everybody knows. Nobody says.', y: 0.8 },
    violates: [{ zone: 'bottom-bar', kind: 'credits' }],
  },
  {
    file: '03-title-on-top.jpg',
    sky: ['#f3c64b', '#d2502f'],
    ink: '#20140d',
    title: { lines: ['ELEVEN DOORS'], face: 'impact', size: 0.1, top: 0.03 },
    faces: [{ x: 0.5, y: 0.48, radius: 0.17, skin: '#f0c9a8', hair: '#7a3b1c' }],
    logo: null,
    creditsTop: 0.82,
    rating: null,
    tagline: { text: 'Open the wrong one', y: 0.74 },
    violates: [
      { zone: 'corner-badge', kind: 'title' },
      { zone: 'top-ten', kind: 'title' },
    ],
  },
  {
    file: '04-face-in-the-corner.jpg',
    sky: ['#2b1740', '#b04a86'],
    ink: '#fff5fb',
    title: { lines: ['NEON', 'LULLABY'], face: 'tall', size: 0.1, top: 0.62 },
    faces: [
      { x: 0.86, y: 0.12, radius: 0.1, skin: '#c78f6d', hair: '#101018' },
      { x: 0.4, y: 0.42, radius: 0.14, skin: '#f2d3bd', hair: '#b5482f' },
    ],
    logo: null,
    creditsTop: null,
    rating: null,
    tagline: { text: 'The city never sleeps. She does.', y: 0.87 },
    violates: [{ zone: 'top-ten', kind: 'face' }],
  },
  {
    file: '05-logo-in-the-corner.jpg',
    sky: ['#e8eef2', '#7fa3b5'],
    ink: '#12242e',
    title: { lines: ['COLD HARBOUR'], face: 'gothicBold', size: 0.075, top: 0.6 },
    faces: [{ x: 0.55, y: 0.36, radius: 0.13, skin: '#e6b894', hair: '#4a4a4a' }],
    logo: { text: 'ORIEL', x: 0.11, y: 0.055 },
    creditsTop: 0.8,
    rating: null,
    tagline: { text: 'What the tide brings back', y: 0.71 },
    violates: [{ zone: 'corner-badge', kind: 'logo' }],
  },
  {
    file: '06-rating-mark-low.jpg',
    sky: ['#101010', '#5b1414'],
    ink: '#f4e9e0',
    title: { lines: ['THE CELLAR', 'BELOW'], face: 'slab', size: 0.065, top: 0.56 },
    faces: [{ x: 0.5, y: 0.33, radius: 0.14, skin: '#c9b3a2', hair: '#000000' }],
    logo: null,
    creditsTop: 0.78,
    rating: { text: '18+', x: 0.88, y: 0.955 },
    tagline: { text: 'Count the steps', y: 0.14 },
    violates: [{ zone: 'bottom-bar', kind: 'ratingMark' }],
  },
  {
    file: '07-title-low.jpg',
    sky: ['#9fd4e8', '#f6e7b8'],
    ink: '#173a4a',
    title: { lines: ['SUNDAY FERRY'], face: 'impact', size: 0.09, top: 0.89 },
    faces: [
      { x: 0.34, y: 0.45, radius: 0.13, skin: '#7b4b33', hair: '#1d120d' },
      { x: 0.66, y: 0.47, radius: 0.12, skin: '#f3d2b6', hair: '#d8a13f' },
    ],
    logo: null,
    creditsTop: 0.75,
    rating: null,
    tagline: { text: 'Two tickets. One return.', y: 0.22 },
    violates: [{ zone: 'bottom-bar', kind: 'title' }],
  },
  {
    file: '08-no-face.jpg',
    sky: ['#0f3b3a', '#0a1f24'],
    ink: '#e9fff9',
    title: { lines: ['SIGNAL', 'LOST'], face: 'tall', size: 0.15, top: 0.32 },
    faces: [],
    logo: { text: 'ORIEL', x: 0.5, y: 0.2 },
    creditsTop: 0.8,
    rating: { text: 'PG', x: 0.5, y: 0.74 },
    // Other print may be covered: it is said, and it is no violation.
    tagline: { text: 'Only in cinemas this winter', y: 0.965 },
    violates: [],
  },
];
