import type { ColumnType, Generated } from 'kysely';
import type { PileSource } from '../piles/pile-store.ts';
import type { Audience, ImageState, StoredEvent } from '../runs/run-store.ts';
import type { AnalysisName, ProcessingMode, RunState } from '../contract/run.ts';

/** A `json` column: read as the value, written as text made by {@link toJson}, which removes what PostgreSQL refuses. */
export type Json = ColumnType<unknown, string | null, string | null>;
export type Instant = ColumnType<Date, string, string>;

interface RunsTable {
  id: string;
  /** Order of creation, where two runs share a millisecond. */
  ordinal: Generated<string>;
  analysis: AnalysisName;
  mode: ProcessingMode;
  model: string;
  state: RunState;
  audience: Audience;
  context: Json;
  settings: Json;
  token_hash: string;
  created_at: Instant;
  ended_at: ColumnType<Date | null, string | null, string | null>;
  active_ms: number;
  notices: Json;
  metrics: Json;
  records: Json;
  video: Json;
}

interface RunImagesTable {
  run_id: string;
  position: number;
  image_id: string | null;
  sha256: string | null;
  name: string;
  size_bytes: number;
  state: ImageState;
  observations: Json;
  failure: Json;
  ms: number;
  attempts: number;
  tokens_input: number;
  tokens_output: number;
  crop: Json;
  time_ms: number | null;
  extra_usd: number | null;
}

interface RunEventsTable {
  run_id: string;
  seq: number;
  type: StoredEvent['type'];
  data: Json;
}

interface RunTimelinePartsTable {
  run_id: string;
  seq: Generated<string>;
  content: Json;
}

interface TextVectorsTable {
  model: string;
  text_hash: string;
  vector: number[];
}

interface RunTextsTable {
  run_id: string;
  position: number;
  item: number;
  model: string;
  text_hash: string;
  content: string;
}

interface NamedValuesTable {
  name: string;
  value: Json;
}

interface PilesTable {
  id: string;
  audience: Audience;
  token_hash: string;
  created_at: Instant;
  expires_at: Instant;
}

interface PileSourcesTable {
  pile_id: string;
  id: string;
  ordinal: Generated<string>;
  kind: PileSource['kind'];
  name: string;
  size_bytes: number;
  state: PileSource['state'];
}

interface PileImagesTable {
  pile_id: string;
  position: number;
  source_id: string;
  source_index: number;
  image_id: string;
  sha256: string;
  name: string;
  size_bytes: number;
  origin: Json;
  removed: boolean;
}

interface PileProblemsTable {
  pile_id: string;
  source_id: string;
  source_index: number;
  ordinal: Generated<string>;
  file: string;
  code: string;
  detail: string;
}

interface ImageLooksTable {
  sha256: string;
  width: number | null;
  height: number | null;
  fingerprint: string | null;
}

/** The tables as the newest migration leaves them. */
export interface Schema {
  piles: PilesTable;
  pile_sources: PileSourcesTable;
  pile_images: PileImagesTable;
  pile_problems: PileProblemsTable;
  image_looks: ImageLooksTable;
  runs: RunsTable;
  run_images: RunImagesTable;
  run_events: RunEventsTable;
  run_timeline_parts: RunTimelinePartsTable;
  text_vectors: TextVectorsTable;
  run_texts: RunTextsTable;
  named_values: NamedValuesTable;
}
