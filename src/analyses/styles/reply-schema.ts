import { z } from 'zod';
import { printed, printedList, share, withAllFields } from '../reply-fields.ts';

const garment = z.object({
  kind: printed.describe('Dress, blazer, trousers, shoes, bag …: one word or two'),
  silhouette: printed.describe('A-line, oversized, bodycon, straight …'),
  fabrics: printedList.describe('As they seem: denim, silk, knit …'),
  pattern: printed.describe('plain, striped, floral, checked …'),
  construction: printedList.describe('Details of how it is made: darts, pleats, raw hem, double-breasted …'),
});

const look = z.object({
  garments: z.preprocess(
    (value) => value ?? [],
    z.array(z.preprocess(withAllFields(Object.keys(garment.shape)), garment)),
  ),
  moods: printedList.describe('romantic, utilitarian, playful …: up to four'),
  occasions: printedList.describe('evening, office, street …: up to three'),
  seasons: printedList.describe('spring, summer, autumn, winter'),
  description: printed.describe('One sentence'),
  confidence: share.describe('0 to 1'),
});

/** What a vision model answers for one image. Colours are not asked: they are measured. */
export const replySchema = z.preprocess(withAllFields(Object.keys(look.shape)), look);
export type Reply = z.infer<typeof replySchema>;
