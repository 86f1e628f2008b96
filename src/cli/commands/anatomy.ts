import type { Command } from 'commander';
import { formatCount } from '../../display/numbers';
import { type Costs, costsOf } from '../anatomy/costs';
import { costsJson } from '../anatomy/json';
import { costsView } from '../anatomy/view';
import { print, screenOf, warn } from '../output';
import { type ModelOptions, withModel } from '../session';
import { addModelOptions, wholeNumber } from './options';

const TOKENS = 512;

interface AnatomyOptions extends ModelOptions {
  tokens: number;
  json?: boolean;
}

export function addAnatomyCommand(program: Command): void {
  const command = program
    .command('anatomy')
    .summary('show what a model is made of, and what it costs')
    .description(
      'Show what a model is made of, what a text of so many tokens costs it, and what training suits its size.',
    )
    .option('--tokens <n>', 'the length of the text', wholeNumber(1, 1e9), TOKENS);
  addModelOptions(command).option('--json', 'print one JSON object').action(runAnatomy);
}

async function runAnatomy({ tokens, json, ...options }: AnatomyOptions): Promise<void> {
  const costs = await withModel(options, (engine, model) => costsOf(engine, model, tokens));
  warnOfLength(costs);
  print(json ? [JSON.stringify(costsJson(costs))] : costsView(costs, screenOf(process.stdout, process.env)));
}

function warnOfLength({ model, anatomy: { contextLength }, tokens }: Costs): void {
  if (tokens <= contextLength) return;
  warn(
    `${model.name} reads ${formatCount(contextLength)} tokens at most: the costs of ${formatCount(tokens)} are those that it would have.`,
  );
}
