import { Module, type DynamicModule } from '@nestjs/common';
import type { ValueStore } from '../runs/run-store.ts';
import { AdminAccess } from './admin-access.ts';

/** Who may act as admin, for the guards of every module. */
@Module({})
export class AdminAccessModule {
  static for(values: ValueStore, configuredToken: string | null): DynamicModule {
    return {
      module: AdminAccessModule,
      global: true,
      providers: [{ provide: AdminAccess, useFactory: () => AdminAccess.open(values, configuredToken) }],
      exports: [AdminAccess],
    };
  }
}
