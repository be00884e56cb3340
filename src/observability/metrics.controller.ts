import { Controller, Get, Inject, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { schemaRef } from '../http/openapi-schemas.ts';
import { EngineMetrics } from './engine-metrics.ts';
import { MetricsAccessGuard } from './metrics-access.guard.ts';

/** Where Prometheus looks unless it is told otherwise, hence not under /api. */
@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  readonly #metrics: EngineMetrics;

  constructor(@Inject(EngineMetrics) metrics: EngineMetrics) {
    this.#metrics = metrics;
  }

  @Get()
  @UseGuards(MetricsAccessGuard)
  @ApiBearerAuth('admin')
  @ApiOperation({
    summary: 'Metrics for Prometheus',
    description: 'Without a token from the server’s own machine alone, and not through a proxy.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'Prometheus text format 0.0.4', schema: { type: 'string' } })
  @ApiUnauthorizedResponse({
    description: 'From elsewhere, without the admin token',
    content: { 'application/problem+json': { schema: schemaRef('Problem') } },
  })
  async metrics(@Res() response: Response): Promise<void> {
    const text = await this.#metrics.text();
    response.set('Cache-Control', 'no-store').set('Content-Type', this.#metrics.contentType).send(text);
  }
}
