import { z } from 'zod';
import {
  auditPageSchema,
  changesetPageSchema,
  changesetSchema,
  listedShowDetailSchema,
  listedShowSchema,
  showPageSchema,
  venuePageSchema,
} from '../contract/catalogue-schemas.ts';
import { pileSchema, pileStartedSchema, runImagesSchema } from '../contract/pile-schemas.ts';
import { adviceSchema, performanceSampleSchema, performanceSchema } from '../contract/performance.ts';
import { modelInfoSchema, modelTestSchema } from '../contract/model-test.ts';
import { submissionSchema, suggestionsSchema } from '../contract/suggestion.ts';
import { runTimelineSchema } from '../contract/timeline.ts';
import {
  estimateSchema,
  failureSchema,
  metricsSchema,
  problemSchema,
  progressSchema,
  foundImageSchema,
  runResultSchema,
  runStartedSchema,
  runSummarySchema,
  settingsSchema,
  showSchema,
} from '../contract/schemas.ts';

const SCHEMAS = {
  AuditPage: auditPageSchema,
  Changeset: changesetSchema,
  ChangesetPage: changesetPageSchema,
  ListedShow: listedShowSchema,
  ListedShowDetail: listedShowDetailSchema,
  ShowPage: showPageSchema,
  VenuePage: venuePageSchema,
  BatchProgress: progressSchema,
  Failure: failureSchema,
  Pile: pileSchema,
  PileStarted: pileStartedSchema,
  Submission: submissionSchema,
  Suggestions: suggestionsSchema,
  ModelInfo: modelInfoSchema,
  ModelTest: modelTestSchema,
  Advice: adviceSchema,
  Performance: performanceSchema,
  PerformanceSample: performanceSampleSchema,
  RunTimeline: runTimelineSchema,
  Problem: problemSchema,
  RunMetrics: metricsSchema,
  RunEstimate: estimateSchema,
  FoundImage: foundImageSchema,
  RunImages: runImagesSchema,
  RunResult: runResultSchema,
  RunStarted: runStartedSchema,
  RunSummary: runSummarySchema,
  Settings: settingsSchema,
  Show: showSchema,
};
export type SchemaName = keyof typeof SCHEMAS;

/** A reference to a shape of the contract, for the decorators of a controller. */
export function schemaRef(name: SchemaName): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** The shapes of the contract as OpenAPI components, made from the schemas that tests hold real answers against. */
export function contractComponents(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    target: 'openapi-3.0',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id: _id, $schema: _schema, ...schema }]) => [name, schema]),
  );
}
