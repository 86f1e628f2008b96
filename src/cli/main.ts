#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { safeText } from '../display/glyphs';
import { reasonText } from '../display/sentences';
import { VitrineError } from '../shared/errors';
import { addAnatomyCommand } from './commands/anatomy';
import { addCacheCommand } from './commands/cache';
import { addChatCommand } from './commands/chat';
import { addDataCommand } from './commands/data';
import { addDevicesCommand } from './commands/devices';
import { addDiffCommand } from './commands/diff';
import { addGetCommand } from './commands/get';
import { addHeadsCommand } from './commands/heads';
import { addInspectCommand } from './commands/inspect';
import { addNumbersCommand } from './commands/numbers';
import { addReviewCommand } from './commands/review';
import { addScanCommand } from './commands/scan';
import { addServeCommand } from './commands/serve';
import { addTokensCommand } from './commands/tokens';
import { warn } from './output';
import { sentenceWithOption } from './sentence-with-option';
import { isStopped } from './session';
import { UsageError } from './usage-error';

/*
 * The command line. Exit codes: 0 done, 1 the run failed and a sentence says why, 2 wrong use.
 */

const FAILED = 1;
const WRONG_USE = 2;

const program = new Command('vitrine')
  .description('See inside a language model: tokens, probabilities, alternatives and attention of your own text.')
  .version(version)
  .exitOverride()
  // It repeats what was typed, and that may be anything.
  .configureOutput({ writeErr: (text) => process.stderr.write(safeText(text)) })
  .showHelpAfterError('Try --help.')
  .addHelpText('afterAll', `\nMore, with examples: ${documentPath('cli.md')}\nThe JSON: ${documentPath('json.md')}`);

addInspectCommand(program);
addHeadsCommand(program);
addAnatomyCommand(program);
addDiffCommand(program);
addChatCommand(program);
addDataCommand(program);
addScanCommand(program);
addReviewCommand(program);
addServeCommand(program);
addTokensCommand(program);
addNumbersCommand(program);
addDevicesCommand(program);
addCacheCommand(program);
addGetCommand(program);

for (const stream of [process.stdout, process.stderr]) stream.on('error', leave);

try {
  await program.parseAsync();
} catch (error) {
  // Whoever stopped it waits for its end, and that is on its way.
  if (!isStopped()) process.exitCode = exitCodeOf(error);
}

/** Of a page of the documentation, from the bundle, dist/vitrine.js. */
function documentPath(name: string): string {
  return fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
}

function exitCodeOf(error: unknown): number {
  // Commander has said what is wrong, or has printed the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE;
  warn(sentenceOf(error));
  return error instanceof UsageError ? WRONG_USE : FAILED;
}

/** What is no sentence of ours is a defect, and said to be one. */
function sentenceOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof VitrineError) return sentenceWithOption(error);
  return `Vitrine failed: ${reasonText(error)}. Try again; if it happens again, it is a defect of Vitrine's.`;
}

/** A reader that has seen enough (`| head`) closes its end: nothing is left to do, and nothing went wrong. */
function leave(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(0);
  warn(`The output could not be written: ${reasonText(error)}.`);
  process.exit(FAILED);
}
