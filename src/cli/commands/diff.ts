import { type Command, Option } from 'commander';
import { render } from '../../display/sentences';
import { askedModels, type ModelsOptions } from '../diff/asked-models';
import { compareText, type TextComparison } from '../diff/compare-text';
import { comparisonJson, statisticsJson } from '../diff/json';
import type { NamedModel } from '../diff/model-changes';
import { measureText } from '../diff/statistics';
import { statisticsLines, wayLine } from '../diff/statistics-view';
import { comparisonLines, modelLines } from '../diff/views';
import { readInput } from '../input';
import { warningsOf } from '../inspect/views';
import { print, screenOf, stream, warn } from '../output';
import { withModels } from '../session';
import { wrapText } from '../terminal/width';
import {
  anotherForm,
  anotherHead,
  anotherPath,
  anotherServer,
  controlVector,
  decimal,
  filePath,
  providerOption,
  TEXT_ARGUMENT,
} from './options';

interface DiffOptions extends ModelsOptions {
  file?: string;
  truncate?: boolean;
  statistics?: boolean;
  json?: boolean;
}

export function addDiffCommand(program: Command): void {
  program
    .command('diff')
    .summary('show what two models make of a text, token by token')
    .description(
      'Hold two models against each other on a text. A is the first model as it is; B is a second one, or the first with something changed.',
    )
    .argument('[text]', TEXT_ARGUMENT)
    .option('--file <path>', 'read the text from a file', filePath)
    .option(
      '--model <path>',
      'a GGUF file or a Hugging Face folder: A, and given a second time B (default: the model that comes with Vitrine)',
      anotherPath,
    )
    .addOption(
      new Option(
        '--server <url>',
        'B is a model on a server, which the text is sent to: the last --model is its name there, and A runs here; given twice, A is on the first, and B on the second; the key is in VITRINE_SERVER_KEY',
      )
        .argParser(anotherServer)
        .conflicts(['adapter', 'gain', 'chatTemplate', 'ablate', 'steer']),
    )
    .option(
      '--vocabulary <path>',
      "of --server: the model's tokenizer.json, a folder with one, or a GGUF file with the same vocabulary; or OWNER/NAME in the cache of the hub; given twice, of A and of B (default: by what the server has loaded)",
      anotherPath,
    )
    .option('--adapter <path>', 'B with an adapter: a folder of PEFT, or a GGUF file', filePath)
    .option(
      '--gain <x>',
      'of --adapter: what multiplies what it adds; 0 is the model without it (default: 1)',
      decimal(0),
    )
    .option(
      '--weights <form>',
      'keep matrices as float32 or packed, or round them: 8bit and 4bit those that the file has as floats, q8_0 and q4_0 all, bf16 and fp16 every number to 16 bits; given twice, of A and of B; alone, B is the same model in this form (default: auto)',
      anotherForm,
    )
    .option('--chat-template', "B reads the text as a user's message in its chat template")
    .option('--ablate <layer.head>', 'B with a head switched off; may be repeated', anotherHead)
    .option(
      '--steer <path[:coefficient]>',
      'B with a control vector of repeng or llama.cpp added to the layers, so many times (default: 1)',
      controlVector,
    )
    .option('--truncate', 'of a text that is longer than the context, read the last tokens that fit')
    .addOption(
      new Option(
        '--statistics',
        'in place of the tokens, what llama-perplexity --kl-divergence prints, with A as the base; of the text as it is where llama.cpp would want more of it, or more context',
      ).conflicts(['chatTemplate']),
    )
    .addOption(providerOption())
    .option('--yes', 'compile models that take more than 2 GB of disk or memory')
    .option('--json', 'print one JSON object')
    .action(runDiff);
}

async function runDiff(text: string | undefined, options: DiffOptions): Promise<void> {
  const asked = askedModels(options);
  const { file, truncate = false, json = false } = options;
  const subject = await readInput(text, file);
  const screen = screenOf(process.stdout, process.env);
  if (options.statistics) {
    const measured = await withModels((load, showProgress) =>
      measureText(load, asked, { text: subject, truncate }, showProgress),
    );
    const { a, b, read, statistics } = measured;
    const ofText = read ? readingWarnings({ a: { ...a, ...read.a }, b: { ...b, ...read.b } }) : [];
    for (const warning of new Set([...ofText, ...modelWarnings(measured)])) warn(warning);
    if (json) print([statisticsJson(subject, measured)]);
    else {
      const way = wrapText(wayLine(measured), screen.width);
      print([...modelLines(a, b, screen), '', ...way, '', ...statisticsLines(statistics)]);
    }
    return;
  }
  const comparison = await withModels((load) => compareText(load, asked, { text: subject, truncate }));
  for (const warning of new Set([...readingWarnings(comparison), ...modelWarnings(comparison)])) warn(warning);
  if (json) await stream(comparisonJson(comparison));
  else print(comparisonLines(comparison, screen));
}

/** What the models did not see of the text. */
function readingWarnings({ a, b }: Pick<TextComparison, 'a' | 'b'>): string[] {
  return [a, b].flatMap(({ model, prompt, read: { trace }, steeringNote }) =>
    warningsOf({ text: prompt.text, trace, model, steeringNote }),
  );
}

/** What is odd about the two, whatever they read. */
function modelWarnings({ a, b }: { a: NamedModel; b: NamedModel }): string[] {
  const ofAdapter = b.model.adapter === undefined ? [] : b.model.notes;
  const notes = [...ofAdapter, ...(b.steeringNote ? [b.steeringNote] : [])].map((note) => render(note));
  const isSame = a.label === b.label;
  return isSame ? [...notes, 'A and B are the same weights in the same form: nothing can differ but rounding.'] : notes;
}
