import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { sql } from 'kysely';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { AdminAccessModule } from './admin/admin-access.module.ts';
import { ModelCheck } from './admin/model-check.ts';
import { ModelController } from './admin/model.controller.ts';
import { SettingsController } from './admin/settings.controller.ts';
import { SettingsService } from './admin/settings.service.ts';
import { CatalogueModule } from './catalogue/catalogue.module.ts';
import { CatalogueService } from './catalogue/catalogue.service.ts';
import { RunChangesets } from './catalogue/run-changesets.ts';
import { SubmissionsController } from './catalogue/submissions.controller.ts';
import type { Config } from './config/config.ts';
import { IMAGE_DIRECTORY, ImagesController } from './gallery/images.controller.ts';
import { findImageFile } from './gallery/image-files.ts';
import { ImageLinks } from './gallery/image-links.ts';
import { ImageThreads } from './gallery/image-threads.ts';
import { LookBook } from './gallery/look-book.ts';
import { RunGallery } from './gallery/run-gallery.ts';
import { RunSearch } from './gallery/run-search.ts';
import { RunSearchController } from './gallery/run-search.controller.ts';
import { RunImagesController } from './gallery/run-images.controller.ts';
import { picturesFrom } from './gallery/pictures.ts';
import { Thumbnails } from './gallery/thumbnails.ts';
import { imageDirOf, storedImagePath } from './images/stream-intake.ts';
import { modelName } from './models/open-model.ts';
import { EngineMetrics } from './observability/engine-metrics.ts';
import { HEALTH_SOURCE, HealthController, type HealthSource } from './observability/health.controller.ts';
import { MetricsController } from './observability/metrics.controller.ts';
import { PerformanceLog } from './observability/performance.ts';
import { PerformanceController } from './observability/performance.controller.ts';
import { loggerParams } from './observability/request-log.ts';
import { createRunLog } from './observability/run-log.ts';
import { EstimateController } from './parser/estimate.controller.ts';
import { KaraokeParserService } from './parser/karaoke-parser.service.ts';
import { ParallelGeminiService } from './parser/parallel-gemini.service.ts';
import { openFetcher } from './open-fetcher.ts';
import type { OpenReader } from './open-reader.ts';
import { ParserController } from './parser/parser.controller.ts';
import { PileFilesController } from './piles/pile-files.controller.ts';
import { pileLimits } from './piles/pile-limits.ts';
import { PileRuns } from './piles/pile-runs.ts';
import { PileUploads } from './piles/pile-uploads.ts';
import { PilesController } from './piles/piles.controller.ts';
import { PilesService } from './piles/piles.service.ts';
import { PublicAllowances } from './piles/public-allowances.ts';
import { ImageShelf } from './runs/image-shelf.ts';
import { UPLOAD_LIMITS, type UploadLimits } from './runs/image-upload.interceptor.ts';
import { PICTURE_SOURCE } from './runs/picture-source.ts';
import { RunsController } from './runs/runs.controller.ts';
import { TIMELINE_STORE, TimelineController } from './runs/timeline.controller.ts';
import { RunsService } from './runs/runs.service.ts';
import { createCatalogueStore } from './storage/catalogue-store.ts';
import type { Database } from './storage/database.ts';
import { createImageLookStore } from './storage/image-look-store.ts';
import { createPileStore } from './storage/pile-store.ts';
import { createRunStore } from './storage/run-store.ts';
import { createTextVectorStore } from './storage/text-vector-store.ts';
import { createTimelineStore } from './storage/timeline-store.ts';
import { createValueStore } from './storage/value-store.ts';
import { framesSource } from './runs/video-frames.ts';

/** What the server is made of, beside what the framework makes itself. */
export interface AppParts {
  config: Config;
  database: Database;
  log: Logger;
  reader: OpenReader;
  metrics: EngineMetrics;
  performance: PerformanceLog;
}

/** Puts the server together: which class gets which, and nothing else. */
@Module({})
export class AppModule {
  static for({ config, database, log, reader, metrics, performance }: AppParts): DynamicModule {
    const values = createValueStore(database.kysely);
    const imageDir = imageDirOf(config.dataDir);
    const store = createRunStore(database.kysely);
    const piles = createPileStore(database.kysely);
    const shelf = new ImageShelf({
      directory: imageDir,
      referenced: async (sha256s) =>
        new Set([...(await store.referenced(sha256s)), ...(await piles.referenced(sha256s))]),
    });
    const threads = new ImageThreads();
    const looks = new LookBook(createImageLookStore(database.kysely), threads, imageDir);
    const thumbnailDir = join(config.dataDir, 'thumbnails');
    const timelines = createTimelineStore(database.kysely);
    const vectors = createTextVectorStore(database.kysely);
    const limits: UploadLimits = {
      maxUploadBytes: config.maxUploadBytes,
      maxImagesPerRun: config.maxImagesPerRun,
    };
    const health: HealthSource = {
      model: config.model ? modelName(config.model) : null,
      modelProblem: config.modelProblem,
      databaseAnswers: async () => void (await sql`select 1`.execute(database.kysely)),
    };
    const runLog = createRunLog(log);
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerParams(log)),
        AdminAccessModule.for(values, config.adminToken),
        CatalogueModule.for(createCatalogueStore(database.kysely), store),
      ],
      controllers: [
        ParserController,
        EstimateController,
        PilesController,
        PileFilesController,
        ImagesController,
        RunsController,
        RunImagesController,
        RunSearchController,
        SettingsController,
        HealthController,
        MetricsController,
        PerformanceController,
        ModelController,
        SubmissionsController,
        TimelineController,
      ],
      providers: [
        { provide: UPLOAD_LIMITS, useValue: limits },
        { provide: ImageShelf, useValue: shelf },
        { provide: IMAGE_DIRECTORY, useValue: imageDir },
        { provide: ImageThreads, useValue: threads },
        { provide: PICTURE_SOURCE, useValue: picturesFrom(threads, (imageId) => findImageFile(imageDir, imageId)) },
        { provide: ImageLinks, useFactory: () => ImageLinks.open(values) },
        {
          provide: Thumbnails,
          useValue: new Thumbnails({ directory: thumbnailDir, imageDirectory: imageDir, threads }),
        },
        {
          provide: RunGallery,
          inject: [ImageLinks],
          useFactory: (links: ImageLinks) => new RunGallery({ runs: store, looks, links }),
        },
        {
          provide: RunSearch,
          inject: [ImageLinks],
          useFactory: (links: ImageLinks) => new RunSearch({ runner: reader.runner, vectors, links }),
        },
        { provide: PublicAllowances, useValue: new PublicAllowances() },
        {
          provide: PilesService,
          inject: [ImageLinks],
          useFactory: (links: ImageLinks) =>
            new PilesService({
              store: piles,
              shelf,
              looks,
              links,
              fetching: openFetcher(config),
              uploadDirectory: join(config.dataDir, 'uploads'),
              limitsOf: (audience) => pileLimits(config, audience),
              uploadsNeeded: () => store.uploadsNeeded(),
              uploadWaitMs: config.uploadWaitMs,
              onFault: (pileId, err) => log.error({ pileId, err }, 'a file of a pile could not be taken in'),
            }),
        },
        {
          provide: PileUploads,
          inject: [PilesService],
          useFactory: (service: PilesService) => new PileUploads(service),
        },
        {
          provide: PileRuns,
          inject: [PilesService, RunsService, KaraokeParserService, SettingsService],
          useFactory: (
            service: PilesService,
            runs: RunsService,
            parser: KaraokeParserService,
            settings: SettingsService,
          ) => new PileRuns({ piles: service, runs, parser, shelf, settings: () => settings.get() }),
        },
        { provide: HEALTH_SOURCE, useValue: health },
        { provide: EngineMetrics, useValue: metrics },
        { provide: TIMELINE_STORE, useValue: timelines },
        { provide: PerformanceLog, useValue: performance },
        { provide: SettingsService, useFactory: () => SettingsService.open(values) },
        {
          provide: ModelCheck,
          inject: [SettingsService],
          useFactory: (settings: SettingsService) =>
            new ModelCheck({
              model: config.model,
              problem: config.modelProblem,
              loadHere: () => reader.pool.warmUp(settings.get()),
            }),
        },
        { provide: ParallelGeminiService, useValue: reader.pool },
        { provide: KaraokeParserService, useValue: reader.runner },
        {
          provide: RunsService,
          inject: [KaraokeParserService, CatalogueService, PilesService],
          useFactory: (runner: KaraokeParserService, catalogue: CatalogueService, service: PilesService) =>
            new RunsService({
              store,
              timelines,
              vectors,
              videos: {
                source: framesSource,
                directory: imageDir,
                letGo: (sha256) => shelf.letGo([sha256]),
                uploads: service.videos,
              },
              runner,
              pathOf: (sha256) => storedImagePath(imageDir, sha256),
              log: runLog,
              keepsAnswers: config.cacheHours > 0,
              groundsByDefault: config.ground ?? false,
              onCheckpoint: (ms) => metrics.stage('checkpoint', ms),
              onBrokenRun: (runId, error) => runLog.broken(runId, error),
              listings: new RunChangesets(catalogue, (runId, err) =>
                log.error({ runId, err }, 'no changeset was made'),
              ),
            }),
        },
      ],
    };
  }
}
