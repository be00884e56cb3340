import { createRequire } from 'node:module';
import { Logging, LogLevel } from 'mediabunny';
import { registerMediabunnyServer } from '@mediabunny/server';

/** What of FFmpeg's own settings is used here. */
interface NodeAv {
  Log: { setLevel(level: number): void };
  AV_LOG_QUIET: number;
}

/**
 * Gives the library its decoders. Software alone: the graphics card's differ from one machine to the next, and the same
 * video is to give the same frames.
 */
export function registerDecoders(): void {
  registerMediabunnyServer({ hardwareContext: null });
  Logging.level = LogLevel.Silent;
  // FFmpeg would write what it thinks of a damaged video to stderr, where the server's log is JSON, line by line.
  const require = createRequire(import.meta.resolve('@mediabunny/server'));
  const { Log, AV_LOG_QUIET } = require('node-av') as NodeAv;
  Log.setLevel(AV_LOG_QUIET);
}
