import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow, IsBoolean, IsIn, IsOptional, IsString, MaxLength, registerDecorator } from 'class-validator';
import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import { checkedOptions } from '../analyses/options.ts';
import type { RunContext } from '../contract/analysis.ts';
import { ANALYSES, type AnalysisName, type ProcessingMode } from '../contract/run.ts';
import { isTimeZone } from '../contract/time-zone.ts';
import { FILES_FIELD } from './image-upload.interceptor.ts';

/** A form's blank field counts as one that was not sent. */
const BlankIsMissing = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

/** The fields that go with the files of a parser call. */
export class ParserFormDto {
  @ApiProperty({ required: false, description: 'IANA name, e.g. America/New_York' })
  @BlankIsMissing()
  @IsOptional()
  @IsTimeZone()
  timezone?: string;

  @ApiProperty({ required: false, description: 'Where the shows are, when the images do not say' })
  @BlankIsMissing()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  city?: string;

  @ApiProperty({ required: false })
  @BlankIsMissing()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  state?: string;

  @ApiProperty({ required: false, description: 'What the reader should know about these images' })
  @BlankIsMissing()
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  notes?: string;

  @ApiProperty({
    enum: ['on', 'off'],
    required: false,
    description: 'Whether answers are held against the printed words of their image; default: as the server is set up',
  })
  @BlankIsMissing()
  @IsOptional()
  @IsIn(['on', 'off'])
  ground?: 'on' | 'off';
}

/** The fields of `POST /api/runs`. */
export class StartRunFormDto extends ParserFormDto {
  @ApiProperty({ enum: ANALYSES, required: false, default: 'shows' })
  @BlankIsMissing()
  @IsOptional()
  @IsIn(ANALYSES)
  analysis?: AnalysisName;

  @ApiProperty({ enum: ['sequential', 'parallel'], required: false, description: 'Default: as in the settings' })
  @BlankIsMissing()
  @IsOptional()
  @IsIn(['sequential', 'parallel'])
  mode?: ProcessingMode;

  @ApiProperty({
    enum: ['true', 'false'],
    required: false,
    description: 'Whether the questions go out in batches: half the price, within 24 hours; with MODEL=openai only',
  })
  @Transform(({ value }: { value: unknown }) => asBoolean(value))
  @IsOptional()
  @IsBoolean({ message: 'batch must be true or false' })
  batch?: boolean;

  @ApiProperty({
    required: false,
    description:
      'Boxes to ask about, one by one, instead of whole images: COCO JSON, or a list of { image, box: [x, y, width, height] }',
  })
  @Transform(({ value }: { value: unknown }) => parsedJson(value))
  @Allow()
  detections?: unknown;

  @ApiProperty({
    type: Object,
    required: false,
    description: 'What the analysis is to go by, as docs/analyses.md says of each; in a form as JSON text',
  })
  @Transform(({ value }: { value: unknown }) => parsedJson(value))
  @Allow()
  options?: unknown;
}

/** In a form it is text. What is neither stays as it is, and is refused. */
function asBoolean(value: unknown): unknown {
  if (value === '') return undefined;
  return value === 'true' ? true : value === 'false' ? false : value;
}

/** In a form it is text. What is no JSON stays as it is, and is refused in words by whoever reads it. */
function parsedJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** OpenAPI of a multipart body with files and the fields of `dto`. */
export function multipartSchema(fields: Record<string, object>): object {
  const files = { type: 'array', items: { type: 'string', format: 'binary' } };
  return { type: 'object', required: [FILES_FIELD], properties: { [FILES_FIELD]: files, ...fields } };
}

function IsTimeZone(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isTimeZone',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message: 'timezone must be an IANA time zone such as America/New_York' },
      validator: { validate: (value: unknown) => typeof value === 'string' && isTimeZone(value) },
    });
}

/** What the sender said about the images, in the form a run keeps it. */
export function contextOf(form: ParserFormDto): Omit<RunContext, 'startedAt'> {
  const { timezone = null, city = null, state = null, notes = null } = form;
  return { timezone, city, state, notes };
}

/** {@link contextOf}, with what the run is told for its analysis. @throws CodedError `request.invalid` */
export function toldContextOf(form: StartRunFormDto): Omit<RunContext, 'startedAt'> {
  return { ...contextOf(form), ...checkedOptions(form.analysis ?? 'shows', form.options) };
}

/** What the sender said of grounding, in the form a run is started with; nothing where nothing was said. */
export function groundOf({ ground }: ParserFormDto): { ground?: boolean } {
  return ground === undefined ? {} : { ground: ground === 'on' };
}

/**
 * @param header `Cache-Control` of a request
 * @returns whether its sender wants everything asked anew (RFC 9111: a stored answer must not be used unasked)
 */
export function wantsFreshAnswers(header: string | undefined): boolean {
  return /(?:^|,)\s*no-(?:cache|store)\s*(?:,|$)/i.test(header ?? '');
}

/** `Prefer`, whose several lines count as one list. */
export function preferOf({ prefer }: IncomingHttpHeaders): string | undefined {
  return Array.isArray(prefer) ? prefer.join(',') : prefer;
}

const QUOTED = /"(?:[^"\\]|\\.)*"/g;
/** The preference alone, by RFC 7240: its parameters do not matter, and an empty value is as good as none. */
const RESPOND_ASYNC = /^respond-async\s*(?:=\s*(?:"")?\s*)?(?:;|$)/i;

/**
 * @param header the `Prefer` header; several are joined by commas
 * @returns whether it has the preference `respond-async` (RFC 7240)
 */
export function prefersAsync(header: string | undefined): boolean {
  // What stands in quotes may hold commas and any words.
  const preferences = (header ?? '').replaceAll(QUOTED, (quoted) => (quoted === '""' ? quoted : '"…"')).split(',');
  return preferences.some((preference) => RESPOND_ASYNC.test(preference.trim()));
}

/** Answers 202 at once, with where to follow the run. */
export function sendStarted(
  response: Response,
  started: { runId: string; runToken: string },
  asPreferred: boolean,
): void {
  if (asPreferred) response.setHeader('Preference-Applied', 'respond-async');
  response.status(202).location(`/api/runs/${started.runId}`).json(started);
}
