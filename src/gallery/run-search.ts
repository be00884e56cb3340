import { CodedError } from '../contract/coded-error.ts';
import type { FoundImage } from '../contract/search.ts';
import type { AnalysisRunner } from '../runs/analysis-runner.ts';
import type { TextVectorStore } from '../runs/text-vectors.ts';
import type { ImageLinks } from './image-links.ts';

export interface RunSearchParts {
  runner: Pick<AnalysisRunner, 'embed'>;
  vectors: TextVectorStore;
  links: ImageLinks;
}

const QUESTION_LIMIT_MS = 20_000;

/** Finds images by the meaning of what was read in them. */
export class RunSearch {
  readonly #parts: RunSearchParts;

  constructor(parts: RunSearchParts) {
    this.#parts = parts;
  }

  /**
   * @param runId of one run; null for all
   * @returns nearest first; only what was found findable with the model that is set up now
   * @throws CodedError `model.*`
   */
  async find(question: string, limit: number, runId: string | null): Promise<FoundImage[]> {
    const { runner, vectors, links } = this.#parts;
    const { model, vectors: made } = await runner.embed([question], 'question', AbortSignal.timeout(QUESTION_LIMIT_MS));
    const [vector] = made;
    if (model === null || !vector) {
      throw new CodedError(
        'model.notConfigured',
        'No model that compares texts by their meaning is set up: set GEMINI_EMBEDDING_MODEL or OPENAI_EMBEDDING_MODEL.',
      );
    }
    const found = await vectors.nearest(model, vector, limit, runId);
    return found.map(({ content, position: _position, likeness, ...rest }) => ({
      ...rest,
      text: content,
      likeness: Math.round(likeness * 1_000) / 1_000,
      thumbnailUrl: rest.imageId === null ? null : links.thumbnail(rest.imageId),
    }));
  }
}
