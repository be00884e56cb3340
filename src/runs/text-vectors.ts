/** A text of a run: what one reading of an image is about. */
export interface RunText {
  position: number;
  /** Place among the texts of the image. */
  item: number;
  textHash: string;
  content: string;
}

/** A text that was found by its meaning. */
export interface FoundText {
  runId: string;
  position: number;
  content: string;
  imageId: string | null;
  image: string;
  timeMs: number | null;
  /** The cosine, -1..1. */
  likeness: number;
}

/** Where the vectors of texts live, and which run has which text. Implemented by `storage/`. */
export interface TextVectorStore {
  /** Of these texts, those whose vector of this model is there. */
  known(model: string, textHashes: readonly string[]): Promise<Set<string>>;
  put(model: string, vectors: readonly { textHash: string; vector: readonly number[] }[]): Promise<void>;
  /** What is there already stays. */
  addTexts(runId: string, model: string, texts: readonly RunText[]): Promise<void>;
  /** The texts nearest to a vector, nearest first. @param runId of one run; null for all */
  nearest(model: string, vector: readonly number[], limit: number, runId: string | null): Promise<FoundText[]>;
}
