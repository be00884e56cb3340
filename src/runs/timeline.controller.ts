import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { RunTimeline } from '../contract/timeline.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { RunAccessGuard } from './run-access.guard.ts';
import { RunsService } from './runs.service.ts';
import { timelineOf } from './timeline.ts';
import type { TimelineStore } from './timeline-store.ts';

export const TIMELINE_STORE = Symbol('TimelineStore');

/** Why a run was fast or slow. */
@ApiTags('runs')
@Controller('api/runs')
export class TimelineController {
  readonly #runs: RunsService;
  readonly #timelines: TimelineStore;

  constructor(@Inject(RunsService) runs: RunsService, @Inject(TIMELINE_STORE) timelines: TimelineStore) {
    this.#runs = runs;
    this.#timelines = timelines;
  }

  @Get(':id/timeline')
  @UseGuards(RunAccessGuard)
  @ApiBearerAuth('admin')
  @ApiBearerAuth('run')
  @ApiOperation({
    summary: 'The calls of a run as bars in time, and what held it up',
    description: 'Of a run under way it reaches up to some seconds ago.',
  })
  @ApiOkResponse({ schema: schemaRef('RunTimeline') })
  async timeline(@Param('id') id: string): Promise<RunTimeline> {
    await this.#runs.mustExist(id);
    const { parts, names } = await this.#timelines.read(id);
    return timelineOf(id, parts, names);
  }
}
