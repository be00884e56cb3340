import { createHash } from 'node:crypto';
import type { ModelConfig } from '../models/port.ts';

/** Names the account of a key without telling anything of the key: keys have far more bits than anybody can try. */
export function accountName(model: ModelConfig): string {
  const parts = model.kind === 'local' ? ['local'] : [model.kind, model.baseUrl, model.model, model.apiKey];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
