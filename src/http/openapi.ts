import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { contractComponents } from './openapi-schemas.ts';

/** Serves `/api/openapi.json` and a page to read it at `/api/docs`, made from the controllers and the contract's schemas. */
export function serveOpenApi(app: INestApplication, version: string): void {
  const head = new DocumentBuilder()
    .setTitle('Contactsheet')
    .setDescription('A pile of images in, one clean sheet of records out.')
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The admin token' }, 'admin')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token of one run' }, 'run')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token of one pile' }, 'pile')
    .build();
  const document = SwaggerModule.createDocument(app, head);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...contractComponents() },
  };
  SwaggerModule.setup('api/docs', app, document, { jsonDocumentUrl: 'api/openapi.json' });
}
