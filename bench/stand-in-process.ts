import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { GeminiStandInOptions } from '../test/support/gemini-stand-in.ts';
import type { StandInAnswer, StandInCommand } from '../test/support/gemini-stand-in-main.ts';
import type { StandInCounters } from '../test/support/stand-in-types.ts';

const MAIN = fileURLToPath(new URL('../test/support/gemini-stand-in-main.ts', import.meta.url));

/** The model service in a process of its own, so that it takes no time from a contender's event loop. */
export class StandInProcess {
  readonly baseUrl: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, baseUrl: string) {
    this.#child = child;
    this.baseUrl = baseUrl;
  }

  static async start(): Promise<StandInProcess> {
    const child = fork(MAIN, ['--options', '{"keepCalls":false}', '--until-stdin-ends'], {
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    });
    if (!child.stdout) throw new Error('The stand-in has no output.');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { baseUrl } = JSON.parse(line.toString()) as { baseUrl: string };
    return new StandInProcess(child, baseUrl);
  }

  /** Starts counts, quota and chance anew. */
  async reset(options: GeminiStandInOptions): Promise<void> {
    await this.#command({ kind: 'reset', options });
  }

  async counters(): Promise<StandInCounters> {
    return (await this.#command({ kind: 'counters' })).counters;
  }

  async close(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await exited;
  }

  async #command(command: StandInCommand): Promise<StandInAnswer> {
    const answered = once(this.#child, 'message');
    this.#child.send(command);
    return ((await answered) as [StandInAnswer])[0];
  }
}
