import { Controller, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ModelInfo, ModelTest } from '../contract/model-test.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { AdminGuard } from './admin.guard.ts';
import { ModelCheck } from './model-check.ts';

@ApiTags('admin')
@ApiBearerAuth('admin')
@UseGuards(AdminGuard)
@Controller('api/admin/model')
export class ModelController {
  readonly #check: ModelCheck;

  constructor(@Inject(ModelCheck) check: ModelCheck) {
    this.#check = check;
  }

  @Get()
  @ApiOperation({ summary: 'Which model answers, and whether it has a key' })
  @ApiOkResponse({ schema: schemaRef('ModelInfo') })
  get(): ModelInfo {
    return this.#check.info;
  }

  @Post('test')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Test the key by one cheap call',
    description: 'Always 200: `ok` and `detail` say how it went. One call at a time.',
  })
  @ApiOkResponse({ schema: schemaRef('ModelTest') })
  test(): Promise<ModelTest> {
    return this.#check.test();
  }
}
