import { type Command, Option } from 'commander';
import { MODEL_VOCABULARY } from '../../display/names';
import { errorText } from '../../display/sentences';
import { VitrineError } from '../../shared/errors';
import { readNumber } from '../../shared/numerals';
import { type Language, layOutSum, notReadSentence, numberMap, numberReport } from '../../tokenizer/number-lens';
import { mapJson, reportJson, sumJson } from '../numbers/json';
import { mapLines, reportLines, sumLines } from '../numbers/lines';
import { print, screenOf } from '../output';
import { UsageError } from '../usage-error';
import { type OpenVocabulary, openVocabularies, VOCABULARY_NAMES } from '../vocabularies';
import { another } from './options';

interface NumbersOptions {
  vocab?: string[];
  model?: string[];
  map?: boolean;
  language: Language;
  json?: boolean;
}

/** The default model sees digits where the others see none: the contrast is the point. */
const DEFAULT_VOCABULARIES = [MODEL_VOCABULARY, 'gpt2', 'cl100k_base', 'o200k_base'];

/** What has a sign between two things is meant as a sum. */
const SUM = /\S\s*[+\-−]/;

export function addNumbersCommand(program: Command): void {
  program
    .command('numbers')
    .summary('show how vocabularies cut a number, or a sum')
    .description('Show how vocabularies cut a number, why, and what that hides from a model; or where a sum carries.')
    .argument('[number]', 'a number such as 327, 1,327 or 3.14, or a sum such as "999 + 1"')
    .option(
      '--vocab <name>',
      `${VOCABULARY_NAMES.join(', ')}; may be repeated (default: ${DEFAULT_VOCABULARIES.join(', ')})`,
      another,
    )
    .option('--model <path>', 'a GGUF file or a Hugging Face folder, for its vocabulary; may be repeated', another)
    .option('--map', 'draw how many tokens each number from 0 to 9999 is')
    .addOption(
      new Option(
        '--language <code>',
        'of the sentences and of how numbers are written: 1,327 and 3.14 in English, 1.327 and 3,14 in Spanish',
      )
        .choices(['en', 'es'])
        .default('en'),
    )
    .option('--json', 'print one JSON object, or an array of them for several vocabularies')
    .action(runNumbers);
}

async function runNumbers(input: string | undefined, options: NumbersOptions): Promise<void> {
  if (input === undefined && !options.map) {
    throw new UsageError('Give a number such as 327, a sum such as "999 + 1", or --map.');
  }
  const isSum = input !== undefined && SUM.test(input);
  if (isSum && options.map) throw new UsageError('--map shows the numbers from 0 to 9999. Leave out the sum.');
  const vocabularies = await openVocabularies(options.vocab ?? [], options.model ?? [], DEFAULT_VOCABULARIES);
  try {
    if (input === undefined) printMaps(vocabularies, options);
    else if (isSum) printSums(input, vocabularies, options);
    else printReports(input, vocabularies, options);
  } catch (error) {
    // What was written is no sum.
    throw error instanceof VitrineError ? new UsageError(errorText(error)) : error;
  }
}

function printMaps(vocabularies: readonly OpenVocabulary[], { json }: NumbersOptions): void {
  const screen = screenOf(process.stdout, process.env);
  const maps = vocabularies.map(({ tokenizer, name }) => ({ name, map: numberMap(tokenizer) }));
  if (json) printJson(maps.map(({ name, map }) => mapJson(name, map)));
  else print(blocks(maps.map(({ name, map }) => mapLines(name, map, screen))));
}

function printReports(text: string, vocabularies: readonly OpenVocabulary[], options: NumbersOptions): void {
  const screen = screenOf(process.stdout, process.env);
  const number = readNumber(text, options.language);
  if (number === undefined) throw new UsageError(notReadSentence(text.trim(), options.language));
  const reports = vocabularies.map(({ tokenizer, name }) => numberReport(tokenizer, name, number, options.language));
  if (options.json) printJson(reports.map((report) => reportJson(report, options.map ?? false)));
  else if (options.map) print(blocks(reports.map(({ vocabulary, map }) => mapLines(vocabulary, map, screen))));
  else print(reportLines(reports, options.language, screen));
}

function printSums(text: string, vocabularies: readonly OpenVocabulary[], options: NumbersOptions): void {
  const screen = screenOf(process.stdout, process.env);
  const sums = vocabularies.map(({ tokenizer, name }) => ({ name, sum: layOutSum(tokenizer, text, options.language) }));
  if (options.json) printJson(sums.map(({ name, sum }) => sumJson(name, sum)));
  else print(blocks(sums.map(({ name, sum }) => sumLines(name, sum, options.language, screen))));
}

function printJson(objects: readonly object[]): void {
  print([JSON.stringify(objects.length === 1 ? objects[0] : objects)]);
}

/** With an empty line between each two. */
function blocks(all: readonly string[][]): string[] {
  return all.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}
