import type { GenerateContentRequest, Part, ResponseSchema } from '@google/generative-ai';
import type { EncodedImage, VisionQuestion } from '../port.ts';
import { toGeminiSchema } from './gemini-schema.ts';
import type { GeminiSchema } from './gemini-schema.ts';

export const GENERATION_CONFIG = {
  temperature: 0,
  candidateCount: 1,
  responseMimeType: 'application/json',
} as const;

/** Stands where the image's base64 goes in. It comes before the prompt, so that a prompt that holds it does no harm. */
const MARK = '@image@';

/** A question as the API takes it, cut where the image goes in. */
interface Worded extends Pick<VisionQuestion, 'prompt' | 'maxOutputTokens'> {
  mimeType: EncodedImage['mimeType'];
  before: Buffer;
  after: Buffer;
}

/** Words questions for the API. Every image of a run brings the same schema object: it is converted once. */
export class GeminiWording {
  readonly #schemas = new WeakMap<Record<string, unknown>, GeminiSchema>();
  readonly #worded = new WeakMap<Record<string, unknown>, Worded>();

  /** For the SDK to make text of. */
  request(question: VisionQuestion): GenerateContentRequest {
    return this.#request(question, question.image && inlineData(question.image));
  }

  /** The same as it is sent: all but the image is made once for all images that are asked about one after another. */
  bytes(question: VisionQuestion): Uint8Array {
    const { image } = question;
    if (image === null) return Buffer.from(JSON.stringify(this.request(question)));
    const { before, after } = this.#wordedFor(question, image.mimeType);
    const data = base64Of(image);
    const bytes = Buffer.allocUnsafe(before.length + data.length + after.length);
    before.copy(bytes);
    bytes.write(data, before.length, 'latin1');
    after.copy(bytes, before.length + data.length);
    return bytes;
  }

  #wordedFor(question: VisionQuestion, mimeType: EncodedImage['mimeType']): Worded {
    const { prompt, maxOutputTokens, replyJsonSchema } = question;
    const known = this.#worded.get(replyJsonSchema);
    const isSame = known?.prompt === prompt && known.maxOutputTokens === maxOutputTokens && known.mimeType === mimeType;
    if (isSame) return known;
    const text = JSON.stringify(this.#request(question, { inlineData: { mimeType, data: MARK } }));
    const cut = text.indexOf(MARK);
    const [before, after] = [Buffer.from(text.slice(0, cut)), Buffer.from(text.slice(cut + MARK.length))];
    const fresh = { prompt, maxOutputTokens, mimeType, before, after };
    this.#worded.set(replyJsonSchema, fresh);
    return fresh;
  }

  #request({ prompt, maxOutputTokens, replyJsonSchema }: VisionQuestion, image: Part | null): GenerateContentRequest {
    const text = { text: prompt };
    return {
      contents: [{ role: 'user', parts: image ? [image, text] : [text] }],
      generationConfig: {
        ...GENERATION_CONFIG,
        ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
        // The SDK's own type is older than the API: it knows neither `anyOf` nor `propertyOrdering`, but passes them on.
        responseSchema: this.#schemaOf(replyJsonSchema) as unknown as ResponseSchema,
      },
    };
  }

  #schemaOf(schema: Record<string, unknown>): GeminiSchema {
    const known = this.#schemas.get(schema);
    if (known !== undefined) return known;
    const fresh = toGeminiSchema(schema);
    this.#schemas.set(schema, fresh);
    return fresh;
  }
}

function inlineData(image: EncodedImage): Part {
  return { inlineData: { mimeType: image.mimeType, data: base64Of(image) } };
}

function base64Of({ bytes }: EncodedImage): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
