import { parseArgs } from 'node:util';
import { startGeminiStandIn } from './gemini-stand-in.ts';
import type { GeminiStandInOptions } from './gemini-stand-in.ts';
import { lognormalLatency } from './stand-in-chance.ts';
import type { StandInCounters } from './stand-in-types.ts';

/**
 * The Gemini stand-in as a process of its own:
 * `node test/support/gemini-stand-in-main.ts --port 0 --latency-ms 300 --sigma 0.5 --requests-per-minute 60 --api-key k`.
 * `--options` takes what can be said in JSON of `GeminiStandInOptions` and goes before the other options.
 * Prints one line of JSON, `{ "port": …, "baseUrl": … }`, once it listens; ends with SIGTERM or SIGINT, or when the process
 * that started it closes its standard input (`--until-stdin-ends`), so that a killed test leaves nothing behind.
 *
 * Started with an IPC channel it takes a {@link StandInCommand} and answers each with a {@link StandInAnswer}.
 */
export type StandInCommand =
  /** Sets the options and starts counts, quota and chance anew. */
  { kind: 'reset'; options: GeminiStandInOptions } | { kind: 'counters' };

/** The counts before the reset, or those now. */
export interface StandInAnswer {
  counters: StandInCounters;
}

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'latency-ms': { type: 'string', default: '0' },
    sigma: { type: 'string', default: '0' },
    'requests-per-minute': { type: 'string' },
    'unavailable-rate': { type: 'string', default: '0' },
    'api-key': { type: 'string' },
    /** JSON text of the reply. */
    answer: { type: 'string', default: '{}' },
    /** JSON text of options. */
    options: { type: 'string', default: '{}' },
    'until-stdin-ends': { type: 'boolean', default: false },
  },
});

const latencyMs = Number(values['latency-ms']);
const sigma = Number(values.sigma);
const requests = values['requests-per-minute'];
const standIn = await startGeminiStandIn({
  port: Number(values.port),
  latencyMs: sigma > 0 ? lognormalLatency(latencyMs, sigma) : latencyMs,
  quota: requests === undefined ? null : { requests: Number(requests) },
  unavailableRate: Number(values['unavailable-rate']),
  apiKey: values['api-key'] ?? null,
  answer: JSON.parse(values.answer),
  ...(JSON.parse(values.options) as GeminiStandInOptions),
});
const stop = (): void => void standIn.close().then(() => process.disconnect?.());
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
if (values['until-stdin-ends']) process.stdin.once('end', stop).resume();
process.on('message', (command: StandInCommand) => {
  const answer: StandInAnswer = { counters: standIn.counters };
  if (command.kind === 'reset') {
    standIn.set(command.options);
    standIn.reset();
  }
  process.send?.(answer);
});
process.stdout.write(`${JSON.stringify({ port: standIn.port, baseUrl: standIn.baseUrl })}\n`);
