import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { AdminGuard } from '../admin/admin.guard.ts';
import { CHANGESET_STATES, type Changeset, type ChangesetPage } from '../contract/catalogue.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { CatalogueService } from './catalogue.service.ts';
import { changesetsQueryOf, MAX_LIMIT, parsed } from './list-query.ts';
import { ReshapingService } from './reshaping.service.ts';
import {
  bodyOf,
  decideBody,
  makeBody,
  mergeBody,
  publishBody,
  splitBody,
  undoBody,
  unmergeBody,
} from './changeset-bodies.ts';

const CONFLICT = {
  status: 409,
  schema: schemaRef('Problem'),
  description: 'changeset.wrongState, changeset.stale, changeset.undecided, changeset.conflict or changeset.builtUpon',
};

/** What runs say against the catalogue: look, decide, publish, undo. */
@ApiTags('catalogue')
@ApiBearerAuth('admin')
@UseGuards(AdminGuard)
@Controller('api/changesets')
export class ChangesetsController {
  readonly #catalogue: CatalogueService;
  readonly #reshaping: ReshapingService;

  constructor(
    @Inject(CatalogueService) catalogue: CatalogueService,
    @Inject(ReshapingService) reshaping: ReshapingService,
  ) {
    this.#catalogue = catalogue;
    this.#reshaping = reshaping;
  }

  @Get()
  @ApiOperation({ summary: 'The changesets, newest first' })
  @ApiQuery({ name: 'state', required: false, enum: CHANGESET_STATES })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT } })
  @ApiQuery({ name: 'before', required: false, description: 'The nextCursor of the page before' })
  @ApiOkResponse({ schema: schemaRef('ChangesetPage') })
  list(@Query() query: unknown): Promise<ChangesetPage> {
    return this.#catalogue.list(changesetsQueryOf(query));
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Make the changeset of a run',
    description:
      'One is made when a run of shows is completed; this is for older runs. 200 where there is one already.',
  })
  @ApiBody({ schema: bodyOf(makeBody) })
  @ApiCreatedResponse({ schema: schemaRef('Changeset') })
  @ApiOkResponse({ schema: schemaRef('Changeset') })
  async make(@Body() body: unknown, @Res({ passthrough: true }) response: Response): Promise<Changeset> {
    const { isNew, ...changeset } = await this.#catalogue.fromRun(parsed(makeBody, body).runId);
    response.status(isNew ? 201 : 200).location(`/api/changesets/${changeset.id}`);
    return changeset;
  }

  @Get(':id')
  @ApiOperation({
    summary: 'One changeset with its items',
    description: 'Reckoned against the catalogue as it is now, while the changeset is not published.',
  })
  @ApiOkResponse({ schema: schemaRef('Changeset') })
  get(@Param('id') id: string): Promise<Changeset> {
    return this.#catalogue.changeset(id);
  }

  @Post(':id/decisions')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Decide on items: accept, edit, skip, or reset',
    description: 'All or none. An edited record may leave fields out: they stay as proposed. The last decision counts.',
  })
  @ApiBody({ schema: bodyOf(decideBody) })
  @ApiOkResponse({ schema: schemaRef('Changeset') })
  @ApiResponse(CONFLICT)
  decide(@Param('id') id: string, @Body() body: unknown): Promise<Changeset> {
    const { decisions, version } = parsed(decideBody, body);
    return this.#catalogue.decide(id, decisions, version);
  }

  @Post(':id/merge')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Make one item of several',
    description: 'It keeps all their evidence; where they differ it has conflicts. Decisions on them are dropped.',
  })
  @ApiBody({ schema: bodyOf(mergeBody) })
  @ApiOkResponse({ schema: schemaRef('Changeset') })
  @ApiResponse(CONFLICT)
  merge(@Param('id') id: string, @Body() body: unknown): Promise<Changeset> {
    const { itemIds, version } = parsed(mergeBody, body);
    return this.#reshaping.merge(id, itemIds, version);
  }

  @Post(':id/split')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make an item of its own of what some images say' })
  @ApiBody({ schema: bodyOf(splitBody) })
  @ApiOkResponse({ schema: schemaRef('Changeset') })
  @ApiResponse(CONFLICT)
  split(@Param('id') id: string, @Body() body: unknown): Promise<Changeset> {
    const { itemId, imageIds, version } = parsed(splitBody, body);
    return this.#reshaping.split(id, itemId, imageIds, version);
  }

  @Post(':id/unmerge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take back a merge or a split', description: 'By any item that came of it.' })
  @ApiBody({ schema: bodyOf(unmergeBody) })
  @ApiOkResponse({ schema: schemaRef('Changeset') })
  @ApiResponse(CONFLICT)
  unmerge(@Param('id') id: string, @Body() body: unknown): Promise<Changeset> {
    const { itemId, version } = parsed(unmergeBody, body);
    return this.#reshaping.unmerge(id, itemId, version);
  }

  @Post(':id/publish')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Publish what is accepted, in one transaction',
    description:
      'Undecided items are left out unless acceptRest (all) or acceptClean (those that need no eye) says otherwise.',
  })
  @ApiBody({ schema: bodyOf(publishBody), required: false })
  @ApiOkResponse({ schema: schemaRef('Changeset') })
  @ApiResponse(CONFLICT)
  publish(@Param('id') id: string, @Body() body: unknown): Promise<Changeset> {
    return this.#catalogue.publish(id, parsed(publishBody, body ?? {}));
  }

  @Post(':id/undo')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Undo a publication, in one transaction',
    description:
      'Every row is again as it was. Refused while later changesets build upon this one; the answer names them.',
  })
  @ApiBody({ schema: bodyOf(undoBody), required: false })
  @ApiOkResponse({ schema: schemaRef('Changeset') })
  @ApiResponse(CONFLICT)
  undo(@Param('id') id: string, @Body() body: unknown): Promise<Changeset> {
    return this.#catalogue.undo(id, parsed(undoBody, body ?? {}).version);
  }
}
