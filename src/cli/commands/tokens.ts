import { type Command, Option } from 'commander';
import { MODEL_VOCABULARY } from '../../display/names';
import { formatQuantity } from '../../display/numbers';
import { readInput } from '../input';
import { endedLines, type Screen, screenOf, stream, warn } from '../output';
import { bandLines, countLine, DIFFERENCE_LEGEND, differencesOf, hasDifferences } from '../tokens/bands';
import { answerLines, tokensJson } from '../tokens/json';
import { mergeLines } from '../tokens/merges';
import { tokenTable } from '../tokens/token-table';
import { type TokenizedText, tokenizeText } from '../tokens/tokenized-text';
import { UsageError } from '../usage-error';
import { openVocabularies, VOCABULARY_NAMES } from '../vocabularies';
import { another, TEXT_ARGUMENT, wholeNumber } from './options';

interface TokensOptions {
  file?: string;
  vocab?: string[];
  model?: string[];
  controlTokens?: 'recognised' | 'text';
  table?: boolean;
  merges?: number;
  json?: boolean;
  jsonl?: boolean;
}

export function addTokensCommand(program: Command): void {
  program
    .command('tokens')
    .summary('show the tokens of a text, under one vocabulary or several')
    .description('Show the tokens of a text in bands with their ids, under one vocabulary or several side by side.')
    .argument('[text]', TEXT_ARGUMENT)
    .option('--file <path>', 'read the text from a file')
    .option('--vocab <name>', `${VOCABULARY_NAMES.join(', ')}; may be repeated (default: ${MODEL_VOCABULARY})`, another)
    .option('--model <path>', 'a GGUF file or a Hugging Face folder, for its vocabulary; may be repeated', another)
    .addOption(
      new Option(
        '--control-tokens <how>',
        "whether control tokens in the text are recognised (default: with a model's vocabulary they are)",
      ).choices(['recognised', 'text']),
    )
    .option('--table', 'one token a row, with its bytes and its span')
    .addOption(
      new Option('--merges <n>', 'show how merges built token n, counted from 0')
        .argParser(wholeNumber(0))
        .conflicts(['json', 'table']),
    )
    .option('--json', 'print one JSON object, or an array of them for several vocabularies')
    .addOption(
      new Option(
        '--jsonl',
        'answer every line {"vocab", "text"} of the standard input with a line {"ids", "spans"}',
      ).conflicts(['vocab', 'model', 'controlTokens', 'table', 'merges', 'json']),
    )
    .action(runTokens);
}

async function runTokens(text: string | undefined, options: TokensOptions): Promise<void> {
  if (options.jsonl) {
    if (text !== undefined || options.file !== undefined)
      throw new UsageError('With --jsonl the texts are in the lines.');
    return answerLines(process.stdin);
  }
  const input = await readInput(text, options.file);
  const vocabularies = await openVocabularies(options.vocab ?? [], options.model ?? [], [MODEL_VOCABULARY]);
  const texts = vocabularies.map((vocabulary) => {
    const special = options.controlTokens === undefined ? vocabulary.ofModel : options.controlTokens === 'recognised';
    return tokenizeText(vocabulary, input, special);
  });
  for (const tokenized of texts) warnOfDropped(tokenized);
  const screen = screenOf(process.stdout, process.env);
  await stream(options.json ? tokensJson(texts) : endedLines(linesOf(texts, options, screen)));
}

function* linesOf(
  texts: readonly TokenizedText[],
  { table = false, merges }: TokensOptions,
  screen: Screen,
): Generator<string> {
  const differs = differencesOf(texts);
  for (const [index, tokenized] of texts.entries()) {
    if (index > 0) yield '';
    if (merges !== undefined) yield* mergeLines(tokenized, merges);
    else {
      yield screen.palette.bold(countLine(tokenized));
      yield* table ? tokenTable(tokenized, screen) : bandLines(tokenized, screen, differs);
    }
  }
  const hasMarks = merges === undefined && !table && hasDifferences(texts);
  if (hasMarks) yield* ['', screen.palette.quiet(DIFFERENCE_LEGEND)];
}

function warnOfDropped({ vocabulary, text, dropped }: TokenizedText): void {
  if (dropped.length === 0) return;
  const characters = dropped.flatMap(({ start, end }) => Array.from(text.slice(start, end)));
  const named = [...new Set(characters)].slice(0, 5).map((character) => `U+${hex(character)}`);
  warn(
    `${vocabulary.name} has no token for ${formatQuantity(characters.length, 'character')} of the text (${named.join(', ')}): the model does not see them.`,
  );
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
