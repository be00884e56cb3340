import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A child process of a test: plain Node on a file of this folder. */
export interface Child {
  pid: number;
  /** Resolves with the next line it prints; rejects, with what it said on stderr, when it ends instead. */
  nextLine(): Promise<string>;
  /** Every line so far. */
  lines: readonly string[];
  /** What it said on stderr so far. */
  stderr(): string;
  /** `kill -9`; resolves when it is gone and all it printed is in `lines`. */
  kill(): Promise<void>;
}

export function startChild(file: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines: string[] = [];
  let read = 0;
  let stderr = '';
  let wake: () => void = () => undefined;
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    wake();
  });
  return {
    pid: child.pid ?? 0,
    lines,
    stderr: () => stderr,
    async nextLine() {
      const more = new Promise<void>((resolve) => (wake = resolve));
      if (read >= lines.length) await Promise.race([more, closed]);
      const line = lines[read];
      if (line === undefined) throw new Error(`${file} ended: ${stderr}`);
      read += 1;
      return line;
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
