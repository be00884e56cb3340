/** One metric of a text that a Prometheus server is given. */
export interface Metric {
  type: string;
  help: string;
  /** The value of each sample, by its name and labels as they are written. */
  samples: Map<string, number>;
}

const HELP = /^# HELP ([a-zA-Z_:][\w:]*) (.+)$/;
const TYPE = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/;
const LABEL = String.raw`[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*"`;
const SAMPLE = new RegExp(String.raw`^(([a-zA-Z_:][\w:]*)(?:\{${LABEL}(?:,${LABEL})*\})?) (\S+)$`);
const NUMBER = /^(?:[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?)|\+Inf)$/;

/**
 * Reads Prometheus's text format 0.0.4, and is stricter than Prometheus: every metric has HELP and TYPE before its
 * samples, every sample is a number, none is there twice.
 *
 * @throws Error with the line that is wrong
 */
export function parseMetrics(text: string): Map<string, Metric> {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  const metrics = new Map<string, Metric>();
  let current: { name: string; metric: Metric } | null = null;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const help = HELP.exec(line);
    if (help) {
      const [, name = '', words = ''] = help;
      if (metrics.has(name)) throw new Error(`Twice: ${line}`);
      current = { name, metric: { type: '', help: words, samples: new Map() } };
      metrics.set(name, current.metric);
      continue;
    }
    const type = TYPE.exec(line);
    if (type) {
      if (!current || current.name !== type[1]) throw new Error(`TYPE without its HELP: ${line}`);
      current.metric.type = type[2] ?? '';
      continue;
    }
    const [, sample = '', name = '', value = ''] = SAMPLE.exec(line) ?? [];
    if (!NUMBER.test(value)) throw new Error(`No sample: ${line}`);
    if (!current || !belongs(name, current)) throw new Error(`Sample of another metric: ${line}`);
    if (current.metric.samples.has(sample)) throw new Error(`Twice: ${line}`);
    current.metric.samples.set(sample, value === '+Inf' ? Infinity : Number(value));
  }
  return metrics;
}

function belongs(sample: string, { name, metric }: { name: string; metric: Metric }): boolean {
  if (metric.type !== 'histogram') return sample === name;
  return sample.startsWith(name) && /^_(bucket|sum|count)$/.test(sample.slice(name.length));
}
