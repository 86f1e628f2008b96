import { basename } from 'node:path';
import type { Command } from 'commander';
import { defaultModelPath } from '../../../models/catalogue';
import type { HeadAddress } from '../../shared/head-address';
import type { Sampling } from '../../shared/request-fields';
import type { Span } from '../../shared/tokens';
import { readInput } from '../input';
import { writeHtmlFile } from '../inspect/html-file';
import { inspectText } from '../inspect/inspect';
import type { InspectRequest } from '../inspect/inspection';
import { inspectionJson } from '../inspect/json';
import { checkWritable, type SourceFile } from '../inspect/page-target';
import { inspectionLines, warningsOf } from '../inspect/views';
import { print, screenOf, stream, warn } from '../output';
import { type ModelOptions, withModel } from '../session';
import { UsageError } from '../usage-error';
import { addModelOptions, anotherHead, decimal, filePath, TEXT_ARGUMENT, textRange, wholeNumber } from './options';

interface InspectOptions extends ModelOptions {
  file?: string;
  top?: number;
  select?: Span;
  truncate?: boolean;
  attention?: HeadAddress[];
  heads?: boolean;
  experts?: boolean;
  lens?: boolean;
  ablate?: HeadAddress[];
  continue?: number;
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  seed?: number;
  json?: boolean;
  html?: string;
  force?: boolean;
}

const TOP_IN_TABLE = 3;
const TOP_IN_JSON = 10;
const MOST_TOP = 50;
/** More do not fit beside each other on any terminal. */
const ATTENTION_ROWS_IN_TABLE = 200;

export function addInspectCommand(program: Command): void {
  const command = program
    .command('inspect')
    .summary('show what a model makes of a text')
    .description(
      'Show what a model makes of a text: its tokens, how probable it finds each, and what it would have written.',
    )
    .argument('[text]', TEXT_ARGUMENT)
    .option('--file <path>', 'read the text from a file', filePath)
    .option(
      '--top <k>',
      `alternatives a token, up to ${MOST_TOP} (default: ${TOP_IN_TABLE}, with --json ${TOP_IN_JSON})`,
      wholeNumber(1, MOST_TOP),
    )
    .option('--select <start:end>', 'show only this part, in UTF-16 units; the model reads all', textRange)
    .option('--truncate', 'of a text that is longer than the context, read the last tokens that fit')
    .option('--attention <layer.head>', 'show where a head looks; may be repeated', anotherHead)
    .option('--heads', 'show what every head does')
    .option('--experts', 'show which experts of a layer see each token')
    .option('--lens', 'show what the model would say after each layer')
    .option('--ablate <layer.head>', 'switch a head off; may be repeated', anotherHead)
    .option('--continue <n>', 'let the model write up to n tokens more', wholeNumber(1))
    .option(
      '--temperature <t>',
      'of the continuation; 0 takes the most probable token (default: 0, with another of these options 1)',
      decimal(0),
    )
    .option('--top-k <k>', 'continue with one of the k most probable tokens', wholeNumber(1))
    .option('--top-p <p>', 'continue with the most probable tokens that together have this probability', decimal(0, 1))
    .option('--min-p <p>', 'continue with tokens of at least this share of the largest probability', decimal(0, 1))
    .option('--seed <n>', 'the same seed draws the same tokens', wholeNumber(0));
  addModelOptions(command)
    .option('--json', 'print one JSON object')
    .option('--html <path>', 'also write the whole inspector as one HTML file, which needs no network', filePath)
    .option('--force', 'let --html write over a file that is no page of Vitrine')
    .action(runInspect);
}

async function runInspect(text: string | undefined, options: InspectOptions): Promise<void> {
  const continuation = continuationOf(options);
  const request = { ...requestOf(options), continuation, text: await readInput(text, options.file) };
  const { html: path, file, force = false } = options;
  const target = path === undefined ? undefined : { path, force, sources: sourcesOf(text, options) };
  if (target !== undefined) await checkWritable(target);
  const inspection = await withModel(options, async (engine, model, showProgress) => {
    const inspection = await inspectText(engine, model, request, showProgress);
    const title = file === undefined ? '' : basename(file);
    if (target !== undefined) await writeHtmlFile(engine, inspection, request, { target, title, showProgress });
    return inspection;
  });
  for (const warning of warningsOf(inspection)) warn(warning);
  const { name, approximation } = inspection.model;
  if (/bit$/.test(options.weights ?? '') && !approximation) {
    warn(
      `Nothing of ${name} had to be rounded: its matrices are in few bits already, or too narrow. Every number is exact.`,
    );
  }
  if (options.json) await stream(inspectionJson(inspection));
  else print(inspectionLines(inspection, request, screenOf(process.stdout, process.env)));
}

/** The files that a run reads. */
function sourcesOf(text: string | undefined, { file, model = defaultModelPath() }: InspectOptions): SourceFile[] {
  const STANDARD_INPUT = 0;
  return [model, ...(file === undefined ? [] : [file]), ...(text === '-' ? [STANDARD_INPUT] : [])];
}

function requestOf(options: InspectOptions): Omit<InspectRequest, 'text' | 'continuation'> {
  const { json = false, ablate = [] } = options;
  const topK = options.top ?? (json ? TOP_IN_JSON : TOP_IN_TABLE);
  return {
    truncate: options.truncate ?? false,
    select: options.select,
    topK,
    ablate,
    compare: ablate.length > 0 && !json,
    attention: options.attention ?? [],
    attentionRows: json ? undefined : ATTENTION_ROWS_IN_TABLE,
    heads: options.heads ?? false,
    experts: options.experts ?? false,
    lensTopK: options.lens ? (json ? topK : 1) : undefined,
  };
}

function continuationOf(options: InspectOptions): InspectRequest['continuation'] {
  const { continue: count, temperature, topK, topP, minP, seed } = options;
  const controls = definedOf({ topK, topP, minP, seed });
  const isSampled = Object.keys(controls).length > 0;
  if (count === undefined) {
    if (isSampled || temperature !== undefined) {
      throw new UsageError('--temperature, --top-k, --top-p, --min-p and --seed belong to --continue N.');
    }
    return undefined;
  }
  const sampling: Sampling = { temperature: temperature ?? (isSampled ? 1 : 0), ...controls };
  return { count, sampling };
}

/** Without the members that are undefined. */
function definedOf<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
