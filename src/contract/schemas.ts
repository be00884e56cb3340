/**
 * The shapes that cross the wire, as schemas: what OpenAPI is made from, and what tests hold real answers against. Each
 * is checked at compile time to say exactly what its interface says.
 */
import { z } from 'zod';
import {
  ANALYSES,
  RUN_STATES,
  STEPS,
  type BatchProgress,
  type Failure,
  type RunMetrics,
  type RunResult,
  type RunSummary,
} from './run.ts';
import type { FoundImage } from './search.ts';
import type { RunEstimate } from './estimate.ts';
import { SETTING_BOUNDS, type Settings } from './settings.ts';
import { WEEKDAYS, type Show } from './show.ts';

const words = z.string().nullable();
const count = z.int().min(0);
const milliseconds = z.number().min(0);
const share = z.number().min(0).max(1);
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .nullable();
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const mode = z.enum(['sequential', 'parallel']);

const box = z.tuple([share, share, share, share]).describe('x, y, width, height as fractions of the upright image');

export const showSchema = z.object({
  id: z.string(),
  name: words,
  status: z.enum(['scheduled', 'cancelled']),
  venue: z.object({
    name: words,
    address: words,
    city: words,
    state: words,
    postcode: words,
    country: words,
    phone: words,
    website: words,
  }),
  host: z.object({ name: words, company: words }),
  schedule: z.object({
    text: words.describe('as printed'),
    days: z.array(z.enum(WEEKDAYS)),
    rrule: words.describe('RFC 5545'),
    startTime: timeOfDay.describe('HH:MM'),
    endTime: timeOfDay.describe('HH:MM; at or before the start it is after midnight'),
    timezone: words,
    startDate: date.nullable(),
    endDate: date.nullable(),
    exceptDates: z.array(date),
    warnings: z.array(z.string()).optional().describe('what to look at before believing it: code: words'),
    next: z
      .array(z.string())
      .optional()
      .describe('starts of the next nights: RFC 3339 with offset; without where the zone is not known'),
  }),
  notes: words,
  confidence: share,
  evidence: z.array(
    z.object({
      imageId: z.string(),
      image: z.string(),
      fields: z
        .record(
          z.string(),
          z.object({
            text: z.string(),
            box: box.nullable(),
            grounded: z
              .boolean()
              .optional()
              .describe('whether the words were found in the image; missing where nobody looked'),
            confidence: share.optional().describe('how sure it is that this image says this'),
          }),
        )
        .describe('by path, e.g. venue.name'),
    }),
  ),
  conflicts: z.array(
    z.object({
      field: z.string(),
      values: z.array(z.object({ value: z.string(), imageIds: z.array(z.string()) })),
    }),
  ),
  confidences: z
    .record(z.string(), share)
    .optional()
    .describe('by path: how sure each field is, by all its images together'),
});

export const progressSchema = z.object({
  totalImages: count,
  processedImages: count,
  remainingImages: count,
  failedImages: count,
  currentBatch: count,
  totalBatches: count,
  averageTimePerImage: milliseconds,
  estimatedTimeRemaining: milliseconds,
  timeRemainingIsAtLeast: z
    .literal(true)
    .optional()
    .describe('the limits of the account are not known yet: it may take longer'),
});

export const metricsSchema = z.object({
  wallMs: milliseconds,
  sequentialEstimateMs: milliseconds,
  speedup: z.number().min(0),
  successRate: share,
  imagesPerMinute: z.number().min(0),
  perImageMs: z.object({ p50: milliseconds, p95: milliseconds, max: milliseconds }),
  workers: z.object({ configured: count, peak: count, restarts: count, utilisation: share }),
  calls: z.object({
    made: count,
    succeeded: count,
    retried: count,
    hedged: count,
    refused: count,
    cached: count,
  }),
  tokens: z.object({ input: count, output: count }),
  costUsd: z.number().min(0).nullable(),
  peakMemoryMb: z.number().min(0),
  steps: z
    .array(z.object({ step: z.enum(STEPS), startMs: milliseconds, endMs: milliseconds, share }))
    .optional()
    .describe('of a run of a video: what took how long; steps overlap'),
});

export const foundImageSchema = z.object({
  runId: z.string(),
  imageId: words,
  image: z.string(),
  timeMs: milliseconds.nullable().describe('in its video; null for a picture'),
  text: z.string(),
  likeness: z.number().describe('-1..1: the cosine of question and text'),
  thumbnailUrl: words,
});

export const failureSchema = z.object({
  image: z.string(),
  imageId: words,
  code: z.string(),
  detail: z.string(),
  retryable: z.boolean(),
  attempts: count,
});

export const runResultSchema = z.object({
  runId: z.string(),
  analysis: z.enum(ANALYSES),
  mode,
  model: z.string(),
  state: z.enum(RUN_STATES),
  shows: z.array(showSchema).describe('empty for any other analysis'),
  records: z.array(z.unknown()).optional().describe('what merging gave, of any analysis but shows'),
  failures: z.array(failureSchema),
  progress: progressSchema,
  metrics: metricsSchema,
  notices: z.array(z.string()).describe('what the reader should know beside the result, in words'),
  video: z
    .object({
      name: z.string(),
      sizeBytes: z.int().min(0),
      uploadUrl: z
        .string()
        .nullable()
        .describe(
          'where its bytes are sent to, by tus; null where it came another way, or nothing more of it is wanted',
        ),
      stalledAtBytes: z.int().min(0).nullable().describe('nothing has come for some seconds: so many bytes are here'),
    })
    .optional(),
  alreadyListed: z
    .array(z.object({ recordId: z.string(), showId: z.string() }))
    .optional()
    .describe('of a completed run of shows: those that the catalogue has already, by their ids there'),
});

const within = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max);

export const settingsSchema = z.object({
  processingMode: mode,
  maxConcurrentWorkers: within(SETTING_BOUNDS.maxConcurrentWorkers),
  maxInFlight: z.union([z.literal('auto'), within(SETTING_BOUNDS.maxInFlight)]),
  timeoutPerImage: within(SETTING_BOUNDS.timeoutPerImage),
  maxRetries: within(SETTING_BOUNDS.maxRetries),
  batchSize: z.union([z.literal('auto'), within(SETTING_BOUNDS.batchSize)]),
  hedging: z.enum(['off', 'auto']),
  budgetUsdPerRun: z.number().positive().nullable(),
});

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
});

export const estimateSchema = z.object({
  analysis: z.enum(ANALYSES),
  mode,
  model: z.string(),
  images: count,
  unreadable: count,
  duplicates: count,
  calls: count,
  objectsPerImage: count.optional().describe('that each image is taken to have, where they are still to be found'),
  tokens: z.object({ input: count, output: count }),
  costUsd: z.number().min(0).nullable().describe('null where the price of the model is not known'),
  seconds: z.number().min(0),
  batch: z.literal(true).optional().describe('of a run in batches: half the price, seconds are the most it takes'),
  budgetUsd: z.number().nullable(),
  isWithinBudget: z.boolean().nullable(),
  priceDate: z.string().describe('day of the table of prices'),
});

export const runStartedSchema = z.object({
  runId: z.string(),
  runToken: z.string().describe('lets its bearer read this run; shown only here'),
});

export const runSummarySchema = z.object({
  runId: z.string(),
  analysis: z.enum(ANALYSES),
  mode,
  model: z.string(),
  state: z.enum(RUN_STATES),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  audience: z.enum(['public', 'admin']).describe('who sent its images'),
  images: count.describe('without those that are in the pile twice'),
  readImages: count,
  failedImages: count,
  activeMs: milliseconds.describe('spent reading; a pause does not count'),
  speedup: z.number().min(0).nullable().describe('against one image after another; null until the run has ended'),
  costUsd: z.number().min(0).nullable().describe('null until the run has ended, and where the model has no price'),
});

/** True where two types are the same one. */
export type Same<A, B> = [A, B] extends [B, A] ? true : never;
const schemasMatchInterfaces: [
  Same<z.infer<typeof showSchema>, Show>,
  Same<z.infer<typeof progressSchema>, BatchProgress>,
  Same<z.infer<typeof metricsSchema>, RunMetrics>,
  Same<z.infer<typeof foundImageSchema>, FoundImage>,
  Same<z.infer<typeof failureSchema>, Failure>,
  Same<z.infer<typeof runResultSchema>, RunResult>,
  Same<z.infer<typeof runSummarySchema>, RunSummary>,
  Same<z.infer<typeof settingsSchema>, Settings>,
  Same<z.infer<typeof estimateSchema>, RunEstimate>,
] = [true, true, true, true, true, true, true, true, true];
void schemasMatchInterfaces;
