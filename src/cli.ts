import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { bench } from './cli/bench-command.ts';
import { doctor } from './cli/doctor-command.ts';
import { merge, type MergeOptions } from './cli/merge-command.ts';
import { outliveReaders } from './cli/output.ts';
import { EXIT, OUTPUT_FORMATS, parse, type ParseOptions } from './cli/parse-command.ts';
import { loadDotEnv, readConfig } from './config/config.ts';
import { CodedError } from './contract/coded-error.ts';
import { ANALYSES } from './contract/run.ts';
import { isTimeZone } from './contract/time-zone.ts';
import { VERSION } from './version.ts';

const SAMPLES = fileURLToPath(new URL('../samples/images', import.meta.url));

const program = new Command('contactsheet')
  .description('A pile of images in, one clean sheet of records out.')
  .version(VERSION)
  .showHelpAfterError()
  .exitOverride((error) => {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.nothingDone;
    throw error;
  });

program
  .command('parse')
  .description('read images and print the merged records')
  .argument('<path...>', 'files, folders, globs, addresses (URLs), lists of addresses (.csv, .json, .txt)')
  .addOption(new Option('--analysis <name>', 'what to look for').choices(ANALYSES).default('shows'))
  .addOption(modelOption())
  .option('--sequential', 'one image after another')
  .option('--no-cache', 'ask again for what was asked before, fetch again what was fetched before')
  .addOption(
    new Option('--ground <switch>', 'find in each image the printed words that an answer rests on').choices([
      'on',
      'off',
    ]),
  )
  .option('--detections <file>', 'ask about each of these boxes: COCO JSON, or a list of { image, box }')
  .option('--options <json>', 'what the analysis is to go by: JSON, or a file with it (docs/analyses.md)')
  .option('--batch', 'ask in batches: half the price, within 24 hours; the same command goes on after a stop')
  .option('--estimate', 'say what it would take and cost, and ask nothing')
  .option('--workers <n>', 'threads, 1 to 5', wholeNumber(1, 5))
  .option('--max-in-flight <n>', 'model calls under way at once, 1 to 1000', wholeNumber(1, 1_000))
  .addOption(new Option('--format <format>', 'of the result').choices(OUTPUT_FORMATS).default('table'))
  .option('--out <file>', 'write the result there instead of to stdout')
  .option('--data-dir <dir>', 'where what is kept between runs is kept, and images that were fetched')
  .option('--timezone <zone>', 'IANA time zone of the shows', timeZone)
  .option('--city <city>', 'of the shows, where the images do not say')
  .option('--state <state>', 'of the shows, where the images do not say')
  .action((paths: string[], options: ParseOptions) => ending(() => parse(paths, options)));

program
  .command('merge')
  .description('find the rows of CSV or JSON files that are of one thing, and give each its cluster')
  .argument('<file...>', 'CSV (comma, semicolon, tab), a JSON array or JSON lines')
  .requiredOption('--by <fields>', 'columns to compare by, with commas; title=name where files call one differently')
  .addOption(new Option('--format <format>', 'of the result').choices(['csv', 'json']))
  .option('--out <file>', 'write the result there instead of to stdout')
  .option('--explain', 'say of each row why it is with others, and what was learnt')
  .option('--threshold <p>', 'how likely rows must be of one thing, 0.01 to 0.99', share)
  .action((paths: string[], options: MergeOptions) => ending(() => merge(paths, options)));

program
  .command('serve')
  .description('serve HTTP on HOST and PORT')
  .option('--data-dir <dir>', 'database and images')
  .action(({ dataDir }: { dataDir?: string }) =>
    ending(async () => {
      const { serve } = await import('./main.ts');
      await serve(readConfig({ dataDir }));
      return 0;
    }),
  );

program
  .command('doctor')
  .description('say what is configured and what is missing')
  .option('--data-dir <dir>', 'database and images')
  .action(({ dataDir }: { dataDir?: string }) => ending(() => doctor(dataDir)));

program
  .command('bench')
  .description('measure the engine beside its peers (in a checkout)')
  .argument('[args...]', 'for the benchmark, after --: see bench/engine.ts')
  .action((args: string[]) => ending(() => bench(args)));

program
  .command('demo')
  .description('read the images that come with the project')
  .action(() =>
    ending(async () => {
      process.stderr.write('Reading the sample screenshots and flyers on this machine: no key, no network.\n');
      // The samples have an unreadable file on purpose: that is part of what is shown, not a failed demo.
      const code = await parse([SAMPLES], { analysis: 'shows', model: 'local', format: 'table' });
      return code === EXIT.nothingDone ? code : EXIT.allRead;
    }),
  );

function modelOption(): Option {
  return new Option('--model <model>', 'who reads the images').choices(['auto', 'local', 'gemini', 'openai']);
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

function share(text: string): number {
  const value = Number(text);
  if (value >= 0.01 && value <= 0.99) return value;
  throw new InvalidArgumentError('It must be a number from 0.01 to 0.99.');
}

function timeZone(text: string): string {
  if (isTimeZone(text)) return text;
  throw new InvalidArgumentError('It must be an IANA time zone such as America/New_York.');
}

/** Sets the exit code and lets the process end by itself: ending it with busy threads would be a crash. */
async function ending(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.nothingDone;
  }
}

outliveReaders();
loadDotEnv();
try {
  await program.parseAsync();
} catch (error) {
  // commander has said what is wrong; the exit code is set.
  if (!(error instanceof Error && 'exitCode' in error)) throw error;
}
