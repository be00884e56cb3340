import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { StartRunFormDto } from '../runs/run-request.dto.ts';

/** No file has more pixels on a side (see image-limits.ts). */
const LONGEST_SIDE = 30_000;
const MOST_IMAGES = 100_000;

/** Pixels of one image, upright. */
export class ImageSizeDto {
  @ApiProperty({ type: 'integer' })
  @IsInt({ message: 'width must be a whole number of pixels' })
  @Min(1)
  @Max(LONGEST_SIDE)
  width!: number;

  @ApiProperty({ type: 'integer' })
  @IsInt({ message: 'height must be a whole number of pixels' })
  @Min(1)
  @Max(LONGEST_SIDE)
  height!: number;
}

/** The body of `POST /api/runs/estimate`: as for a run; without files, the sizes of the images. */
export class EstimateDto extends StartRunFormDto {
  @ApiProperty({ required: false, type: [ImageSizeDto] })
  @IsOptional()
  @IsArray({ message: 'images must be a list of { width, height }' })
  @ArrayMaxSize(MOST_IMAGES)
  @ValidateNested({ each: true, message: 'each of images must be { width, height } in pixels' })
  @Type(() => ImageSizeDto)
  images?: ImageSizeDto[];
}
