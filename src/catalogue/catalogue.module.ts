import { Module, type DynamicModule } from '@nestjs/common';
import { AuditController } from './audit.controller.ts';
import { CATALOGUE_STORE } from './catalogue-parts.ts';
import type { CatalogueStore } from './catalogue-store.ts';
import { CatalogueService, type RunsOfCatalogue } from './catalogue.service.ts';
import { ChangesetsController } from './changesets.controller.ts';
import { ListedShows } from './listed-shows.ts';
import { ReshapingService } from './reshaping.service.ts';
import { SubmissionsService } from './submissions.service.ts';
import { ShowsController } from './shows.controller.ts';

/** The catalogue: what is published, what runs say against it, and who did what. Needs the admin's access globally. */
@Module({})
export class CatalogueModule {
  static for(store: CatalogueStore, runs: RunsOfCatalogue): DynamicModule {
    const catalogue = new CatalogueService(store, runs);
    return {
      module: CatalogueModule,
      controllers: [ShowsController, ChangesetsController, AuditController],
      providers: [
        { provide: CATALOGUE_STORE, useValue: store },
        { provide: ListedShows, useValue: new ListedShows(store) },
        { provide: CatalogueService, useValue: catalogue },
        { provide: ReshapingService, useValue: new ReshapingService({ store, catalogue, runs }) },
        { provide: SubmissionsService, useValue: new SubmissionsService({ store, catalogue, runs }) },
      ],
      exports: [CatalogueService, ListedShows, SubmissionsService],
    };
  }
}
