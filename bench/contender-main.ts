/** The process of one contender: takes a `ContenderCommand` over IPC, answers with a `MeasuredReport`, and ends. */
import { BARE, OURS } from './contenders/names.ts';
import type { Contender, ContenderCommand, MeasuredReport } from './job.ts';

/** Loaded by name, so that no contender's memory holds the code of the others. */
async function contenderNamed(name: string): Promise<Contender> {
  if (name === BARE) return (await import('./contenders/bare.ts')).bare;
  if (name === OURS) return (await import('./contenders/ours.ts')).ours;
  const { PEERS } = await import('./contenders/peers.ts');
  const peer = PEERS.find((candidate) => candidate.name === name);
  if (!peer) throw new Error(`There is no contender named "${name}".`);
  return peer;
}

process.once('message', (command: ContenderCommand) => void measure(command));

async function measure({ contender: name, job }: ContenderCommand): Promise<void> {
  const contender = await contenderNamed(name);
  await contender.prepare?.(job);
  const cpuAtStart = process.cpuUsage();
  const startedAtMs = performance.now();
  const report = await contender.run(job);
  const elapsedMs = performance.now() - startedAtMs;
  const { user, system } = process.cpuUsage(cpuAtStart);
  const measured: MeasuredReport = {
    ...report,
    elapsedMs,
    cpuMs: (user + system) / 1_000,
    peakMemoryMb: process.resourceUsage().maxRSS / 1_024,
  };
  await new Promise((resolve) => process.send?.(measured, resolve));
  await contender.close?.();
  // Libraries leave timers behind that would keep the process for the rest of a minute.
  process.exit();
}
