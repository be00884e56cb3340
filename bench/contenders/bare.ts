import pLimit from 'p-limit';
import { showsAnalysis } from '../../src/analyses/shows/index.ts';
import { openImage, toEncoded } from '../../src/images/open-image.ts';
import { GEMINI_IMAGE_NEEDS } from '../../src/models/image-needs.ts';
import { toGeminiSchema } from '../../src/models/gemini/gemini-schema.ts';
import { replyJsonSchema } from '../../src/parser/questions.ts';
import type { Contender } from '../job.ts';
import { callOnce, obeyingRetryInfo, reportOf, untilDone } from './caller.ts';
import { BARE } from './names.ts';

/**
 * What one writes without this project: p-limit, the same image work (checked by its bytes and header, upright, within
 * 2048 px, on white, sRGB, JPEG at quality 90 in full colour) in the same process, and `fetch` with the same question.
 */
export const bare: Contender = {
  name: BARE,
  run(job) {
    const limit = pLimit(job.inFlight);
    const { before, after } = theQuestion();
    return reportOf(
      job.units.map(({ path }) =>
        limit(async () => {
          const { bytes } = await toEncoded(await openImage(path), GEMINI_IMAGE_NEEDS);
          const body =
            before + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') + after;
          return untilDone(job, () => callOnce(job, body), obeyingRetryInfo(job));
        }),
      ),
    );
  },
};

/** The request as our adapter makes it, cut where the image goes in. */
function theQuestion(): { before: string; after: string } {
  const context = { timezone: null, city: null, state: null, notes: null, startedAt: '2026-01-01T00:00:00Z' };
  const [before = '', after = ''] = JSON.stringify({
    contents: [
      {
        role: 'user',
        parts: [{ inlineData: { mimeType: 'image/jpeg', data: '@' } }, { text: showsAnalysis.prompt(context) }],
      },
    ],
    generationConfig: {
      temperature: 0,
      candidateCount: 1,
      responseMimeType: 'application/json',
      responseSchema: toGeminiSchema(replyJsonSchema(showsAnalysis)),
    },
  }).split('"@"');
  return { before: `${before}"`, after: `"${after}` };
}
