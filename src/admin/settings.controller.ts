import { Body, Controller, Get, Headers, Inject, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CodedError } from '../contract/coded-error.ts';
import type { Settings } from '../contract/settings.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { validated } from '../http/validated.ts';
import { AdminGuard } from './admin.guard.ts';
import { SettingsDto } from './settings.dto.ts';
import { SettingsService } from './settings.service.ts';

@ApiTags('admin')
@ApiBearerAuth('admin')
@UseGuards(AdminGuard)
@Controller('api/admin/settings')
export class SettingsController {
  readonly #settings: SettingsService;

  constructor(@Inject(SettingsService) settings: SettingsService) {
    this.#settings = settings;
  }

  @Get()
  @ApiOperation({ summary: 'The settings' })
  @ApiOkResponse({ schema: schemaRef('Settings') })
  get(): Settings {
    return this.#settings.get();
  }

  @Put()
  @ApiOperation({
    summary: 'Change settings',
    description: 'Fields left out keep their value; unknown ones are refused.',
  })
  @ApiBody({ type: SettingsDto })
  @ApiOkResponse({ schema: schemaRef('Settings') })
  async put(
    @Headers('content-length') lengthBytes: string | undefined,
    @Body(validated('settings.invalid')) changes: SettingsDto,
  ): Promise<Settings> {
    // The body parser makes `{}` of nothing at all, and a change that got lost on the way would look like one made.
    if (Number(lengthBytes) === 0) throw new CodedError('settings.invalid', 'The body is empty: send a JSON object.');
    return this.#settings.change({ ...changes });
  }
}
