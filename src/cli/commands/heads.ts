import { type Command, Option } from 'commander';
import { triedHeadsJson } from '../heads/json';
import { type By, tryHeads } from '../heads/try-heads';
import { triedHeadsView } from '../heads/view';
import type { Question } from '../inspect/inspection';
import { print, screenOf } from '../output';
import { type ModelOptions, withModel } from '../session';
import { promptOf } from './inspect-options';
import { addModelOptions, filePath, TEXT_ARGUMENT, tokenIds, whyQuestion } from './options';

interface HeadsOptions extends ModelOptions {
  file?: string;
  ids?: number[];
  truncate?: boolean;
  at: Question;
  against?: string;
  by: By;
  json?: boolean;
}

export function addHeadsCommand(program: Command): void {
  const command = program
    .command('heads')
    .summary('take every head away by itself, and show what becomes of a token')
    .description('Take every head away by itself, and show how probable a token is then: what each is worth for it.')
    .argument('[text]', TEXT_ARGUMENT)
    .option('--file <path>', 'read the text from a file', filePath)
    .addOption(
      new Option('--ids <ids>', 'read these token ids as they are, in place of a text')
        .argParser(tokenIds)
        .conflicts(['file', 'truncate']),
    )
    .option('--truncate', 'of a text that is longer than the context, read the last tokens that fit')
    .addOption(
      new Option('--at <n[:token]>', 'the token asked about: n, counted from 0, or end for the next; or another there')
        .argParser(whyQuestion)
        .default({ position: 'end' }, 'end'),
    )
    .option('--against <token>', 'rather than this token (default: the most probable other one)')
    .addOption(
      new Option('--by <what>', 'what stands in place of what a head gives: nothing, or its mean over the text')
        .choices(['zero', 'mean'])
        .default('zero'),
    );
  addModelOptions(command).option('--json', 'print one JSON object').action(runHeads);
}

async function runHeads(text: string | undefined, options: HeadsOptions): Promise<void> {
  const { at, against, by } = options;
  const asked = { prompt: await promptOf(text, options), question: { ...at, against }, by };
  const tried = await withModel(options, (engine, model) => tryHeads(engine, model, asked));
  if (options.json) print([JSON.stringify(triedHeadsJson(tried))]);
  else print(triedHeadsView(tried, screenOf(process.stdout, process.env)));
}
