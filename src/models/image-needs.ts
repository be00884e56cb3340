import type { ImageNeeds, ModelConfig } from './port.ts';

/**
 * What Gemini is sent. Tokens do not grow with the pixels here: older models cut an image into tiles by its proportions, newer ones charge by
 * `mediaResolution`. So what counts is that small print stays readable. Measured with the local reader as the eye, on
 * phone screenshots of 1080 × 2340 and flyers (words found; bytes an image): unscaled 99.8 % (548 kB); side 2048 at
 * quality 92 99.6 % (249 kB), at 85 99.0 % (197 kB), at 75 98.5 %; 1536 at 85 96.0 % (153 kB); 1024 at 85 84 %.
 */
export const GEMINI_IMAGE_NEEDS: ImageNeeds = { mimeType: 'image/jpeg', maxSide: 2048, quality: 90 };

/**
 * Models served at home pay for every pixel in tokens, time and context (a phone screenshot of 1792 is about 1,900 tokens
 * of Qwen-VL's). Smaller loses words: see the Gemini adapter's figures (1792 at quality 85: 98.3 %, 1536: 96.0 %).
 */
export const OPENAI_IMAGE_NEEDS: ImageNeeds = { mimeType: 'image/jpeg', maxSide: 1792, quality: 90 };

/** Null where nothing is sent anywhere. */
export function imageNeedsOf({ kind }: ModelConfig): ImageNeeds | null {
  if (kind === 'local') return null;
  return kind === 'gemini' ? GEMINI_IMAGE_NEEDS : OPENAI_IMAGE_NEEDS;
}
