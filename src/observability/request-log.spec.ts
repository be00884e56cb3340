import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Logger, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import { pino } from 'pino';
import request from 'supertest';
import { CodedError } from '../contract/coded-error.ts';
import { ProblemFilter } from '../http/problem.filter.ts';
import { errorFields } from './log-error.ts';
import { loggerParams, requestLog, ServerLogger } from './request-log.ts';

@Controller('api/test')
class TestController {
  @Get('broken')
  broken(): never {
    throw Object.assign(new TypeError('broken'), { config: { headers: { authorization: 'Bearer x' } } });
  }

  @Get('busy')
  busy(): never {
    throw new CodedError('server.stopping', 'Come back later.');
  }

  @Get('slow')
  async slow(): Promise<string> {
    new Logger('slow').warn('waiting');
    await delay(300);
    return 'done';
  }
}

describe('the log of requests', () => {
  const lines: Record<string, unknown>[] = [];
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
    const formatters = { level: (level: string) => ({ level }) };
    const log = pino({ level: 'debug', base: null, formatters, serializers: { err: errorFields } }, stream);
    const params = loggerParams(log);
    const module = { module: class {}, imports: [LoggerModule.forRoot(params)], controllers: [TestController] };
    app = await NestFactory.create(module, { logger: new ServerLogger(params) });
    app.use(requestLog(log));
    app.useGlobalFilters(new ProblemFilter());
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());

  const linesOf = (path: string) => {
    const answered = lines.find((line) => line.path === path);
    return lines.filter((line) => answered && line.reqId === answered.reqId);
  };

  it("has the framework's account of its start at debug", () => {
    const mapped = lines.filter(({ msg }) => String(msg).startsWith('Mapped'));
    expect(mapped).toHaveLength(3);
    for (const { level, context } of mapped)
      expect({ level, context }).toEqual({ level: 'debug', context: 'RouterExplorer' });
  });

  it('an error of ours is logged with the request it was thrown for, by its type and words alone', async () => {
    await request(url).get('/api/test/broken?token=x').expect(500);
    expect(linesOf('/api/test/broken')).toMatchObject([
      { level: 'error', context: 'http', err: { type: 'TypeError', message: 'broken' } },
      { level: 'error', msg: 'request', status: 500 },
    ]);
    expect(JSON.stringify(lines)).not.toContain('Bearer');
  });

  it('an answer of 503 that is meant is no error', async () => {
    await request(url).get('/api/test/busy').expect(503);
    expect(linesOf('/api/test/busy')).toMatchObject([{ level: 'warn', status: 503 }]);
  });

  it('what is logged on the way carries the request, and one that nobody waited for says so', async () => {
    await fetch(`${url}/api/test/slow`, { signal: AbortSignal.timeout(100) }).catch(() => {});
    await delay(100);
    expect(linesOf('/api/test/slow')).toMatchObject([
      { level: 'warn', context: 'slow', msg: 'waiting' },
      { level: 'info', msg: 'request', aborted: true },
    ]);
  });

  it('a path that is very long is cut', async () => {
    await request(url)
      .get(`/api/${'x'.repeat(5_000)}`)
      .expect(404);
    expect(String(lines.at(-1)?.path)).toHaveLength(200);
  });
});
