/** The body of a request may have 4 MB of JSON (`src/main.ts`): the rest of it is small. */
const MOST_BYTES = 3_900_000;
/** A larger file is not even opened: parsing it would stop the page. */
const MOST_FILE_BYTES = 100_000_000;

type Box = readonly [number, number, number, number];
interface CocoImage {
  id: number | string;
  file_name: string;
  width?: number;
  height?: number;
}
interface CocoAnnotation {
  id?: number | string;
  image_id: number | string;
  bbox: Box;
}

/** What the server needs of a file of detections; masks, scores and licences are left out, which are most of its bytes. */
export type Detections = { images: CocoImage[]; annotations: CocoAnnotation[] } | { image: string; box: Box }[];

export interface DetectionFile {
  fileName: string;
  detections: Detections;
  /** Boxes of each image, by the image's name without folders. */
  boxes: ReadonlyMap<string, number>;
}

/** Why a file of detections cannot be taken; each is a text of the page. */
export type DetectionProblem = 'notJson' | 'otherJson' | 'unlisted' | 'none' | 'tooLarge';

/** Reads a chosen file. Never throws. */
export async function openDetectionFile(file: File): Promise<DetectionFile | DetectionProblem> {
  if (file.size > MOST_FILE_BYTES) return 'tooLarge';
  return readDetections(file.name, await file.text().catch(() => ''));
}

/** COCO JSON, or a list of `{ image, box }`, as the server takes them (`src/runs/detections.ts`). Pure. */
export function readDetections(fileName: string, text: string): DetectionFile | DetectionProblem {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'notJson';
  }
  const detections = plainOf(json) ?? cocoOf(json);
  if (detections === null) return 'otherJson';
  const names = namesOf(detections);
  if (names === null) return 'unlisted';
  if (names.length === 0) return 'none';
  if (new TextEncoder().encode(JSON.stringify(detections)).length > MOST_BYTES) return 'tooLarge';
  const boxes = new Map<string, number>();
  for (const name of names) boxes.set(baseName(name), (boxes.get(baseName(name)) ?? 0) + 1);
  return { fileName, detections, boxes };
}

export interface DetectionSummary {
  boxes: number;
  images: number;
  /** Names of images with boxes that are not in the pile. */
  missing: string[];
  /** Images of the pile without a box: they are not asked about. */
  withoutBox: number;
}

/** "1,382 boxes in 8 images, 2 images not in the pile" @param names of the images of the pile */
export function detectionSummary({ boxes }: DetectionFile, names: readonly string[]): DetectionSummary {
  const inPile = new Set(names.map(baseName));
  return {
    boxes: [...boxes.values()].reduce((sum, count) => sum + count, 0),
    images: boxes.size,
    missing: [...boxes.keys()].filter((name) => !inPile.has(name)),
    withoutBox: [...inPile].filter((name) => !boxes.has(name)).length,
  };
}

/** Those of some images alone: boxes of images that are not in the run would fail. @param names of the run's images */
export function detectionsOf({ detections }: DetectionFile, names: readonly string[]): Detections {
  const wanted = new Set(names.map(baseName));
  if (Array.isArray(detections)) return detections.filter(({ image }) => wanted.has(baseName(image)));
  const images = detections.images.filter((image) => wanted.has(baseName(image.file_name)));
  const ids = new Set(images.map(({ id }) => String(id)));
  return { images, annotations: detections.annotations.filter((each) => ids.has(String(each.image_id))) };
}

/** Files of detections often name images with the folder they lay in. */
export function baseName(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? name;
}

/** The name of the image of each box; null where a box is of an image that the file does not list. */
function namesOf(detections: Detections): string[] | null {
  if (Array.isArray(detections)) return detections.map(({ image }) => image);
  const nameOf = new Map(detections.images.map((image) => [String(image.id), image.file_name]));
  const names = detections.annotations.map((each) => nameOf.get(String(each.image_id)));
  return names.every((name) => name !== undefined) ? names : null;
}

function plainOf(json: unknown): Detections | null {
  if (!Array.isArray(json)) return null;
  const list: { image: string; box: Box }[] = [];
  for (const each of json as unknown[]) {
    if (!isObject(each) || typeof each.image !== 'string' || !isBox(each.box)) return null;
    list.push({ image: each.image, box: each.box });
  }
  return list;
}

function cocoOf(json: unknown): Detections | null {
  if (!isObject(json) || !Array.isArray(json.images) || !Array.isArray(json.annotations)) return null;
  const images: CocoImage[] = [];
  for (const each of json.images as unknown[]) {
    if (!isObject(each) || !isId(each.id) || typeof each.file_name !== 'string') return null;
    const { id, file_name, width, height } = each;
    const size = typeof width === 'number' && typeof height === 'number' ? { width, height } : {};
    images.push({ id, file_name, ...size });
  }
  const annotations: CocoAnnotation[] = [];
  for (const each of json.annotations as unknown[]) {
    if (!isObject(each) || !isId(each.image_id) || !isBox(each.bbox)) return null;
    annotations.push({ ...(isId(each.id) && { id: each.id }), image_id: each.image_id, bbox: each.bbox });
  }
  return { images, annotations };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}

function isBox(value: unknown): value is Box {
  return Array.isArray(value) && value.length === 4 && value.every((edge) => typeof edge === 'number');
}
