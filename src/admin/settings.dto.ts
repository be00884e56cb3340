import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, IsPositive, Max, Min, ValidateIf } from 'class-validator';
import { DEFAULT_SETTINGS, SETTING_BOUNDS, type Settings } from '../contract/settings.ts';

const {
  maxConcurrentWorkers: threads,
  maxInFlight: calls,
  timeoutPerImage: timeoutMs,
  maxRetries,
  batchSize,
} = SETTING_BOUNDS;

const isNumberLike = (_dto: object, value: unknown) => value !== 'auto' && value !== undefined;

/** The body of `PUT /api/admin/settings`: fields that are left out keep their value. */
export class SettingsDto implements Partial<Settings> {
  @ApiProperty({ enum: ['sequential', 'parallel'], required: false, default: DEFAULT_SETTINGS.processingMode })
  @ValidateIf((_dto, value) => value !== undefined)
  @IsIn(['sequential', 'parallel'], { message: 'processingMode must be "sequential" or "parallel"' })
  processingMode?: Settings['processingMode'];

  @ApiProperty({
    type: 'integer',
    minimum: threads.min,
    maximum: threads.max,
    required: false,
    description: 'Threads.',
  })
  @ValidateIf((_dto, value) => value !== undefined)
  @IsInt({ message: 'maxConcurrentWorkers must be a whole number from 1 to 5' })
  @Min(threads.min, { message: 'maxConcurrentWorkers must be at least 1' })
  @Max(threads.max, { message: 'maxConcurrentWorkers must be at most 5' })
  maxConcurrentWorkers?: number;

  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['auto'] },
      { type: 'integer', minimum: calls.min, maximum: calls.max },
    ],
    required: false,
    description: 'Model calls under way at once, over all threads.',
  })
  @ValidateIf(isNumberLike)
  @IsInt({ message: 'maxInFlight must be "auto" or a whole number from 1 to 1000' })
  @Min(calls.min, { message: 'maxInFlight must be at least 1' })
  @Max(calls.max, { message: 'maxInFlight must be at most 1000' })
  maxInFlight?: Settings['maxInFlight'];

  @ApiProperty({ type: 'integer', minimum: timeoutMs.min, maximum: timeoutMs.max, required: false, description: 'ms' })
  @ValidateIf((_dto, value) => value !== undefined)
  @IsInt({ message: 'timeoutPerImage must be a whole number of milliseconds' })
  @Min(timeoutMs.min, { message: 'timeoutPerImage must be at least 1000 ms' })
  @Max(timeoutMs.max, { message: 'timeoutPerImage must be at most 600000 ms' })
  timeoutPerImage?: number;

  @ApiProperty({ type: 'integer', minimum: maxRetries.min, maximum: maxRetries.max, required: false })
  @ValidateIf((_dto, value) => value !== undefined)
  @IsInt({ message: 'maxRetries must be a whole number from 0 to 10' })
  @Min(maxRetries.min, { message: 'maxRetries must be at least 0' })
  @Max(maxRetries.max, { message: 'maxRetries must be at most 10' })
  maxRetries?: number;

  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['auto'] },
      { type: 'integer', minimum: batchSize.min, maximum: batchSize.max },
    ],
    required: false,
    description: 'Images reported together.',
  })
  @ValidateIf(isNumberLike)
  @IsInt({ message: 'batchSize must be "auto" or a whole number from 1 to 1000' })
  @Min(batchSize.min, { message: 'batchSize must be at least 1' })
  @Max(batchSize.max, { message: 'batchSize must be at most 1000' })
  batchSize?: Settings['batchSize'];

  @ApiProperty({ enum: ['off', 'auto'], required: false })
  @ValidateIf((_dto, value) => value !== undefined)
  @IsIn(['off', 'auto'], { message: 'hedging must be "off" or "auto"' })
  hedging?: Settings['hedging'];

  @ApiProperty({ type: 'number', nullable: true, required: false, description: 'US dollars; null for no cap.' })
  @ValidateIf((_dto, value) => value !== undefined && value !== null)
  @IsNumber({}, { message: 'budgetUsdPerRun must be a number of dollars or null' })
  @IsPositive({ message: 'budgetUsdPerRun must be more than 0, or null for no cap' })
  budgetUsdPerRun?: number | null;
}
