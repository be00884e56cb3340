import type { ModelConfig } from './port.ts';

/** One call, before it is made. */
export interface CallToEstimate {
  model: ModelConfig;
  /** As it is sent: upright, scaled to what the adapter wants (`sizeAsSent` in images/read-size.ts). Pixels; null for none. */
  image: { width: number; height: number } | null;
  promptCharacters: number;
  /** Of the reply's JSON Schema as text: services count it as part of the prompt. */
  schemaCharacters: number;
}

type Size = NonNullable<CallToEstimate['image']>;

/** "A token is equivalent to about 4 characters" (Gemini's token guide; OpenAI's says the same of English). */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Input tokens that one call will be charged: an estimate to plan a budget with, settled by what the service says after
 * the call. A whole number, at least 1; 0 for reading on this machine, which counts none.
 *
 * Each family of models counts images in its own way, told by the model's name: a proxy's address says nothing of what
 * is behind it. What no rule knows counts as Qwen-VL does, which most servers at home run.
 */
export function estimateInputTokens(call: CallToEstimate): number {
  if (call.model.kind === 'local') return 0;
  const text = Math.ceil((call.promptCharacters + call.schemaCharacters) / CHARACTERS_PER_TOKEN);
  const image = call.image ? imageTokens(plainName(call.model.model), atLeastOnePixel(call.image)) : 0;
  return Math.max(1, Math.ceil(image) + text);
}

/** `models/gemini-2.5-flash`, `google/gemini-2.5-flash` and `gemini-2.5-flash` are one model. */
function plainName(model: string): string {
  return model.toLowerCase().split('/').at(-1) ?? '';
}

function atLeastOnePixel({ width, height }: Size): Size {
  return { width: Math.max(1, width), height: Math.max(1, height) };
}

function imageTokens(name: string, image: Size): number {
  if (name.startsWith('gemini-')) return /^gemini-[12]\b/.test(name) ? geminiTiles(image) : geminiGrid(image);
  const tiles = OPENAI_TILES.find(({ names }) => names.test(name));
  if (tiles !== undefined) return openAiTiles(image, tiles);
  const patches = OPENAI_PATCHES.find(({ names }) => names.test(name));
  if (patches !== undefined) return openAiPatches(image, patches);
  return qwenPatches(image);
}

const GEMINI_TILE_TOKENS = 258;

/**
 * Gemini 1.5, 2.0 and 2.5. Google's guide to images (ai.google.dev/gemini-api/docs/image-understanding): "258 tokens if
 * both dimensions <= 384 pixels. Larger images are tiled"; the crop unit is "roughly floor(min(width, height) / 1.5)",
 * and each side divided by it gives the number of tiles, at 258 tokens each (960 × 540: 3 × 2).
 *
 * One tile more is counted for the whole image, since its table of media resolutions says "256 + Pan & Scan (~2048)" and
 * the service was seen to charge 1,806 for one image, seven tiles, where the formula alone only gives even numbers. It
 * was also seen to charge 258 whatever the size (github.com/googleapis/python-genai/issues/1349): this errs upwards.
 */
function geminiTiles({ width, height }: Size): number {
  if (width <= 384 && height <= 384) return GEMINI_TILE_TOKENS;
  const cropUnit = Math.max(1, Math.floor(Math.min(width, height) / 1.5));
  // Pan & scan is bounded: a strip of 100 × 2,000 is not charged as 62 tiles.
  const tiles = Math.min(8, Math.ceil(width / cropUnit) * Math.ceil(height / cropUnit));
  return (1 + tiles) * GEMINI_TILE_TOKENS;
}

const GEMINI_MEDIA_TOKENS = 1_120;

/**
 * Gemini 3 and later: at most 1,120 tokens where `mediaResolution` is not set, as here
 * (ai.google.dev/gemini-api/docs/media-resolution). Images of any size are charged alike, by the largest grid of square
 * cells in their proportions: measured 1,089 = 33 × 33 from 64 × 64 to 1024 × 1024, 1,081 = 47 × 23 at 2 : 1 and 1,056 =
 * 66 × 16 at 4 : 1 (github.com/AlaskanTuna/Rokabot/issues/121).
 */
function geminiGrid({ width, height }: Size): number {
  const columns = Math.max(1, Math.floor(Math.sqrt((GEMINI_MEDIA_TOKENS * width) / height)));
  const rows = Math.max(1, Math.floor(Math.sqrt((GEMINI_MEDIA_TOKENS * height) / width)));
  return Math.min(GEMINI_MEDIA_TOKENS, columns * rows);
}

interface TileFamily {
  names: RegExp;
  base: number;
  tile: number;
}

interface PatchFamily {
  names: RegExp;
  multiplier: number;
  /** An image is scaled down to this many patches and this longer side. */
  maxPatches: number;
  maxSide: number;
}

/** OpenAI's guide (developers.openai.com/api/docs/guides/images-vision), "Tile-based image tokenization". */
const OPENAI_TILES: readonly TileFamily[] = [
  { names: /^gpt-4o-mini/, base: 2_833, tile: 5_667 },
  { names: /^(gpt-4o|chatgpt-4o|gpt-4\.1(?!-mini|-nano)|gpt-4\.5|gpt-4-)/, base: 85, tile: 170 },
  { names: /^(gpt-5(\.1)?(?!-mini|-nano|\.\d|-codex-mini))/, base: 70, tile: 140 },
  { names: /^(o1|o3)/, base: 75, tile: 150 },
  { names: /^computer-use-preview/, base: 65, tile: 129 },
];

/**
 * The same guide, "Patch-based image tokenization", with the limits of an omitted `detail`, as here. Its table has no
 * multiplier for the large models; 1.2 is what callers were charged (community.openai.com/t/1372291).
 */
const OPENAI_PATCHES: readonly PatchFamily[] = [
  { names: /^(gpt-4\.1|gpt-5(\.\d)?)-nano/, multiplier: 2.46, maxPatches: 1_536, maxSide: 2_048 },
  { names: /^(gpt-4\.1|gpt-5(\.\d)?)(-codex)?-mini/, multiplier: 1.62, maxPatches: 1_536, maxSide: 2_048 },
  { names: /^o4-mini/, multiplier: 1.72, maxPatches: 1_536, maxSide: 2_048 },
  { names: /^gpt-5\.[23]/, multiplier: 1.2, maxPatches: 1_536, maxSide: 2_048 },
  { names: /^gpt-5\.4/, multiplier: 1.2, maxPatches: 2_500, maxSide: 2_048 },
  { names: /^gpt-5\.5/, multiplier: 1.2, maxPatches: 10_000, maxSide: 6_000 },
  // 5.6 "preserves the input dimensions"; what comes after it is taken to do the same.
  { names: /^gpt-([6-9]|5\.[6-9])/, multiplier: 1.2, maxPatches: Infinity, maxSide: Infinity },
];

/** Fits 2048 × 2048, then the shorter side 768, then tiles of 512; smaller images are not enlarged. */
function openAiTiles(image: Size, { base, tile }: TileFamily): number {
  const scale = Math.min(1, 2_048 / Math.max(image.width, image.height), 768 / Math.min(image.width, image.height));
  return base + tile * cells(image, scale, 512);
}

function openAiPatches(image: Size, { multiplier, maxPatches, maxSide }: PatchFamily): number {
  const fitting = Math.min(1, maxSide / Math.max(image.width, image.height));
  const patches = cells(image, fitting, OPENAI_PATCH);
  const counted = patches <= maxPatches ? patches : cells(image, scaleInto(image, maxPatches), OPENAI_PATCH);
  return Math.min(maxPatches, counted) * multiplier;
}

const OPENAI_PATCH = 32;

/** The guide's "adjusted shrink factor": the scale at which the image covers whole patches, and no more than allowed. */
function scaleInto({ width, height }: Size, maxPatches: number): number {
  const shrink = Math.sqrt((OPENAI_PATCH ** 2 * maxPatches) / (width * height));
  const columns = (width * shrink) / OPENAI_PATCH;
  const rows = (height * shrink) / OPENAI_PATCH;
  return shrink * Math.min(Math.max(1, Math.floor(columns)) / columns, Math.max(1, Math.floor(rows)) / rows);
}

/**
 * Qwen2-VL and Qwen2.5-VL: patches of 14 pixels, merged two by two, 4 to 16,384 of them, and a mark before and after
 * (huggingface.co/Qwen/Qwen2.5-VL-7B-Instruct). Others differ: LLaVA 1.5 has 576 whatever the size, Gemma 3 has 256.
 */
function qwenPatches(image: Size): number {
  return Math.min(16_384, Math.max(4, cells(image, 1, 28))) + 2;
}

/** Squares needed to cover the scaled image. Rounded to a pixel first, as the services do: 1055.9999 is 33 of 32. */
function cells({ width, height }: Size, scale: number, side: number): number {
  const across = (length: number): number => Math.ceil(Math.max(1, Math.round(length * scale)) / side);
  return across(width) * across(height);
}
