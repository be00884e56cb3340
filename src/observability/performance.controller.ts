import { Controller, Get, Inject, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AdminGuard } from '../admin/admin.guard.ts';
import type { Performance } from '../contract/performance.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { EventStream } from '../runs/event-stream.ts';
import { PerformanceLog } from './performance.ts';

/** How the server does, for people who watch. */
@ApiTags('performance')
@Controller('api/performance')
@UseGuards(AdminGuard)
@ApiBearerAuth('admin')
export class PerformanceController {
  readonly #log: PerformanceLog;

  constructor(@Inject(PerformanceLog) log: PerformanceLog) {
    this.#log = log;
  }

  @Get()
  @ApiOperation({ summary: 'The last ten minutes, and what holds the reading up' })
  @ApiOkResponse({ schema: schemaRef('Performance') })
  now(): Performance {
    return this.#log.now();
  }

  @Get('events')
  @ApiOperation({
    summary: 'Follow it: server-sent events',
    description: 'Event `sample` (PerformanceSample) each second; `advice` (a list) at first and when it changes.',
  })
  @ApiProduces('text/event-stream')
  events(@Res() response: Response): void {
    const stream = new EventStream(response);
    const unlisten = this.#log.listen({
      sample: (sample) => stream.tell('sample', sample),
      advice: (advice) => stream.tell('advice', advice),
    });
    stream.onClose(unlisten);
  }
}
