/** A frame or an image that a question found by its meaning. */
export interface FoundImage {
  runId: string;
  imageId: string | null;
  image: string;
  /** In its video, ms; null for a picture. */
  timeMs: number | null;
  /** What it is about. */
  text: string;
  /** -1..1: the cosine of question and text. */
  likeness: number;
  thumbnailUrl: string | null;
}
