import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, IsPositive, Max, Min, ValidateIf } from 'class-validator';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';

const isNumberLike = (_dto: object, value: unknown) => value !== 'auto' && value !== undefined;

/** The body of `PUT /api/admin/settings`: fields that are left out keep their value. */
export class SettingsDto implements Partial<Settings> {
  @ApiProperty({ enum: ['sequential', 'parallel'], required: false, default: DEFAULT_SETTINGS.processingMode })
  @ValidateIf((_dto, value) => value !== undefined)
  @IsIn(['sequential', 'parallel'], { message: 'processingMode must be "sequential" or "parallel"' })
  processingMode?: Settings['processingMode'];

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 5, required: false, description: 'Threads.' })
  @ValidateIf((_dto, value) => value !== undefined)
  @IsInt({ message: 'maxConcurrentWorkers must be a whole number from 1 to 5' })
  @Min(1, { message: 'maxConcurrentWorkers must be at least 1' })
  @Max(5, { message: 'maxConcurrentWorkers must be at most 5' })
  maxConcurrentWorkers?: number;

  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['auto'] },
      { type: 'integer', minimum: 1, maximum: 1000 },
    ],
    required: false,
    description: 'Model calls under way at once, over all threads.',
  })
  @ValidateIf(isNumberLike)
  @IsInt({ message: 'maxInFlight must be "auto" or a whole number from 1 to 1000' })
  @Min(1, { message: 'maxInFlight must be at least 1' })
  @Max(1_000, { message: 'maxInFlight must be at most 1000' })
  maxInFlight?: Settings['maxInFlight'];

  @ApiProperty({ type: 'integer', minimum: 1000, maximum: 600000, required: false, description: 'ms' })
  @ValidateIf((_dto, value) => value !== undefined)
  @IsInt({ message: 'timeoutPerImage must be a whole number of milliseconds' })
  @Min(1_000, { message: 'timeoutPerImage must be at least 1000 ms' })
  @Max(600_000, { message: 'timeoutPerImage must be at most 600000 ms' })
  timeoutPerImage?: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 10, required: false })
  @ValidateIf((_dto, value) => value !== undefined)
  @IsInt({ message: 'maxRetries must be a whole number from 0 to 10' })
  @Min(0, { message: 'maxRetries must be at least 0' })
  @Max(10, { message: 'maxRetries must be at most 10' })
  maxRetries?: number;

  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['auto'] },
      { type: 'integer', minimum: 1, maximum: 1000 },
    ],
    required: false,
    description: 'Images reported together.',
  })
  @ValidateIf(isNumberLike)
  @IsInt({ message: 'batchSize must be "auto" or a whole number from 1 to 1000' })
  @Min(1, { message: 'batchSize must be at least 1' })
  @Max(1_000, { message: 'batchSize must be at most 1000' })
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
