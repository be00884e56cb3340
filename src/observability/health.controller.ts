import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';

/** What readiness depends on. */
export interface HealthSource {
  /** The model that answers, or what is missing for it. */
  model: string | null;
  modelProblem: string | null;
  /** Rejects where the database does not answer. */
  databaseAnswers: () => Promise<void>;
}
export const HEALTH_SOURCE = Symbol('HealthSource');

/** A database that takes longer than this is not ready. */
const DATABASE_TIMEOUT_MS = 2_000;

@ApiTags('health')
@Controller('api/health')
export class HealthController {
  readonly #source: HealthSource;

  constructor(@Inject(HEALTH_SOURCE) source: HealthSource) {
    this.#source = source;
  }

  @Get()
  @ApiOperation({ summary: 'Liveness and readiness', description: '503 while the database does not answer.' })
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: {
        status: { type: 'string', enum: ['ok', 'unavailable'] },
        database: { type: 'string', enum: ['ok', 'unavailable'] },
        model: { type: 'string', nullable: true },
        modelProblem: { type: 'string', nullable: true },
        uptimeSeconds: { type: 'integer' },
      },
    },
  })
  async health(@Res() response: Response): Promise<void> {
    const ready = await this.#databaseAnswersInTime();
    const word = ready ? 'ok' : 'unavailable';
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        status: word,
        database: word,
        model: this.#source.model,
        modelProblem: this.#source.modelProblem,
        uptimeSeconds: Math.floor(process.uptime()),
      });
  }

  async #databaseAnswersInTime(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), DATABASE_TIMEOUT_MS);
    });
    const answers = this.#source.databaseAnswers().then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([answers, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}
