import { parseArgs } from 'node:util';
import { startGeminiStandIn } from './gemini-stand-in.ts';
import { lognormalLatency } from './stand-in-chance.ts';

/**
 * The Gemini stand-in as a process of its own:
 * `node test/support/gemini-stand-in-main.ts --port 0 --latency-ms 300 --sigma 0.5 --requests-per-minute 60 --api-key k`.
 * Prints one line of JSON, `{ "port": …, "baseUrl": … }`, once it listens; ends with SIGTERM or SIGINT, or when the process
 * that started it closes its standard input (`--until-stdin-ends`), so that a killed test leaves nothing behind.
 */
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
});
const stop = (): void => void standIn.close();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
if (values['until-stdin-ends']) process.stdin.once('end', stop).resume();
process.stdout.write(`${JSON.stringify({ port: standIn.port, baseUrl: standIn.baseUrl })}\n`);
