import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminGuard } from '../admin/admin.guard.ts';
import type { AuditPage } from '../contract/catalogue.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { CATALOGUE_STORE } from './catalogue-parts.ts';
import type { CatalogueStore } from './catalogue-store.ts';
import { auditQueryOf, MAX_LIMIT } from './list-query.ts';

/** Who did what with the catalogue, and when. */
@ApiTags('catalogue')
@ApiBearerAuth('admin')
@UseGuards(AdminGuard)
@Controller('api/audit')
export class AuditController {
  readonly #store: CatalogueStore;

  constructor(@Inject(CATALOGUE_STORE) store: CatalogueStore) {
    this.#store = store;
  }

  @Get()
  @ApiOperation({ summary: 'Who did what with the catalogue, newest first' })
  @ApiQuery({ name: 'changesetId', required: false })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT } })
  @ApiQuery({ name: 'before', required: false, description: 'The nextCursor of the page before' })
  @ApiOkResponse({ schema: schemaRef('AuditPage') })
  async list(@Query() given: unknown): Promise<AuditPage> {
    const query = auditQueryOf(given);
    const found = await this.#store.audit({ ...query, limit: query.limit + 1 });
    const entries = found.slice(0, query.limit);
    const nextCursor = found.length > entries.length ? String(entries.at(-1)?.id ?? '') : null;
    return { entries, nextCursor };
  }
}
