import { ApiProperty } from '@nestjs/swagger';
import {
  Allow,
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsPositive,
  IsString,
  Matches,
  MaxLength,
  Min,
} from 'class-validator';
import { ANALYSES, type AnalysisName, type ProcessingMode } from '../contract/run.ts';
import { StartRunFormDto } from '../runs/run-request.dto.ts';
import { MAX_URLS_AT_ONCE } from './pile-limits.ts';

const MOST_POSITIONS = 100_000;
const MOST_URL_CHARACTERS = 2_000;

/** The body of `POST /api/piles/:id/urls`. */
export class AddUrlsDto {
  @ApiProperty({ type: [String], description: `At most ${MAX_URLS_AT_ONCE} at once` })
  @IsArray({ message: 'urls must be a list of addresses' })
  @ArrayNotEmpty({ message: 'urls must have at least one address' })
  @ArrayMaxSize(MAX_URLS_AT_ONCE, { message: `urls must have at most ${MAX_URLS_AT_ONCE} addresses` })
  @IsString({ each: true, message: 'each of urls must be a text' })
  @MaxLength(MOST_URL_CHARACTERS, {
    each: true,
    message: `each of urls must have at most ${MOST_URL_CHARACTERS} characters`,
  })
  urls!: string[];
}

/** The body of `POST /api/piles/:id/estimate`. */
export class EstimatePileDto {
  @ApiProperty({ enum: ANALYSES, required: false, default: 'shows' })
  @IsOptional()
  @IsIn(ANALYSES)
  analysis?: AnalysisName;

  @ApiProperty({ enum: ['sequential', 'parallel'], required: false })
  @IsOptional()
  @IsIn(['sequential', 'parallel'])
  mode?: ProcessingMode;

  @ApiProperty({ required: false, description: 'Whether the questions would go out in batches, at half the price' })
  @IsOptional()
  @IsBoolean({ message: 'batch must be true or false' })
  batch?: boolean;

  @ApiProperty({ type: Object, required: false, description: 'What the analysis is to go by, as for a run' })
  @Allow()
  options?: unknown;

  @Only()
  only?: number[];
}

/** The body of `POST /api/piles/:id/runs`. */
export class StartPileRunDto extends StartRunFormDto {
  @Only()
  only?: number[];

  @ApiProperty({
    required: false,
    description:
      'A file of the pile, by the last part of its address, whose frames are the images of the run: it may still be being sent. ' +
      'With an analysis that takes videos; the admin only',
  })
  @IsOptional()
  @Matches(/^file_[0-9a-f]{18}$/, { message: 'video must be a file of the pile: the last part of its address' })
  video?: string;

  @ApiProperty({ required: false, description: 'Whether answers that were kept from earlier runs do not count' })
  @IsOptional()
  @IsBoolean()
  fresh?: boolean;

  @ApiProperty({
    type: Number,
    required: false,
    nullable: true,
    description: 'US dollars, null for no cap; the admin only',
  })
  @IsOptional()
  @IsNumber(
    { allowNaN: false, allowInfinity: false },
    { message: 'budgetUsdPerRun must be a number of dollars, or null' },
  )
  @IsPositive({ message: 'budgetUsdPerRun must be above 0, or null for no cap' })
  budgetUsdPerRun?: number | null;
}

/** Positions of the images that are meant; missing for all. */
function Only(): PropertyDecorator {
  const parts = [
    ApiProperty({ type: [Number], required: false, description: 'Positions; missing for all images of the pile' }),
    IsOptional(),
    IsArray({ message: 'only must be a list of positions' }),
    ArrayNotEmpty({ message: 'only must have at least one position' }),
    ArrayMaxSize(MOST_POSITIONS),
    IsInt({ each: true, message: 'each of only must be a position' }),
    Min(0, { each: true, message: 'each of only must be a position' }),
  ];
  return (target, name) => parts.forEach((part) => part(target, name));
}
