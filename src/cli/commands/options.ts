import { type Command, InvalidArgumentError, Option } from 'commander';
import { errorText } from '../../display/sentences';
import { modelServer } from '../../remote/model-server';
import { type HeadAddress, isSameHead } from '../../shared/head-address';
import { type AskedStorage, PROVIDERS, WEIGHT_STORAGES } from '../../shared/request-fields';
import type { Span } from '../../shared/tokens';
import type { AskedSpans, AskedSteering, Question } from '../inspect/inspection';
import { refuseVocabularyAlone } from '../served/vocabulary';

/** What a command says of its text. */
export const TEXT_ARGUMENT = 'the text (after -- where it begins with -), or - for the standard input';

/** What is merged into a model. */
export const adapterOption = () =>
  new Option('--adapter <path>', 'a LoRA that is merged into the model: a folder of PEFT, or a GGUF file').argParser(
    filePath,
  );

/** How a model's matrices are kept. */
export const weightsOption = () =>
  new Option(
    '--weights <form>',
    'keep matrices as float32, quantised ones as they are (packed), or round them, which is approximate: 8bit and 4bit those that the file has as floats, q8_0 and q4_0 all, bf16 and fp16 every number to 16 bits (default: what fits and is faster)',
  )
    .choices(WEIGHT_STORAGES)
    .default('auto');

export const providerOption = () =>
  new Option('--provider <name>', 'what the model runs on').choices(PROVIDERS).default('auto');

const YES = 'compile a model that takes more than 2 GB of disk or memory';

/** Which model is loaded, and how. @param yes what `--yes` answers */
export function addModelOptions(command: Command, yes = YES): Command {
  return command
    .option(
      '--model <path>',
      'a GGUF file or a Hugging Face folder; by default the model that comes with Vitrine',
      filePath,
    )
    .addOption(adapterOption())
    .addOption(providerOption())
    .addOption(weightsOption())
    .option('--yes', yes);
}

/** The same, or which model of a server. */
export function addAnyModelOptions(command: Command): Command {
  return addModelOptions(command, `${YES}, or send more than 10 MB`)
    .addOption(serverOption().conflicts(['adapter', 'provider', 'weights']))
    .addOption(vocabularyOption())
    .hook('preAction', (_, action) => refuseVocabularyAlone(action.opts()));
}

/** Where a model runs that is not run here. */
export const serverOption = () =>
  new Option(
    '--server <url>',
    'ask a model on a server, which the text is sent to: vLLM, SGLang or others; --model is then its name there, and the key is in VITRINE_SERVER_KEY',
  ).argParser(serverAddress);

export const vocabularyOption = () =>
  new Option(
    '--vocabulary <path>',
    "of --server: the model's tokenizer.json, a folder with one, or a GGUF file with the same vocabulary; or OWNER/NAME in the cache of the hub (default: by what the server has loaded)",
  ).argParser(filePath);

/** An address to which a text may be sent. */
export function serverAddress(value: string): string {
  try {
    return modelServer({ address: value, key: undefined, fetch }).address;
  } catch (error) {
    throw new InvalidArgumentError(errorText(error));
  }
}

/** An option's parser for whole numbers. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (value: string) => number {
  const wanted = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) throw new InvalidArgumentError(`It has to be a whole number ${wanted}.`);
    return number;
  };
}

/** An option's parser for numbers. */
export function decimal(least: number, most = Number.POSITIVE_INFINITY): (value: string) => number {
  const wanted = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
  return (value) => {
    const number = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most && Number.isFinite(number))) {
      throw new InvalidArgumentError(`It has to be a number ${wanted}.`);
    }
    return number;
  };
}

/** Adds one `LAYER.HEAD` to those that were given before, unless it is among them. */
export function anotherHead(value: string, heads: readonly HeadAddress[] = []): HeadAddress[] {
  const [, layer, head] = /^(\d{1,6})\.(\d{1,6})$/.exec(value) ?? [];
  if (layer === undefined) throw new InvalidArgumentError('It has to be LAYER.HEAD, such as 18.6; both count from 0.');
  const address = { layer: Number(layer), head: Number(head) };
  return heads.some((given) => isSameHead(given, address)) ? [...heads] : [...heads, address];
}

/** Adds one form of weights to those that were given before. */
export function anotherForm(value: string, forms: readonly AskedStorage[] = []): AskedStorage[] {
  const form = WEIGHT_STORAGES.find((known) => known === value);
  if (form === undefined) throw new InvalidArgumentError(`It has to be one of ${WEIGHT_STORAGES.join(', ')}.`);
  return [...forms, form];
}

/** `PATH` or `PATH:COEFFICIENT`. */
export function controlVector(value: string): AskedSteering {
  const [, path = '', coefficient = '1'] = /^(.+?)(?::([+-]?(?:\d+\.?\d*|\.\d+)))?$/s.exec(value) ?? [];
  if (path === '') throw new InvalidArgumentError('It has to be the path of a control vector, such as happy.gguf:0.5.');
  return { path, coefficient: Number(coefficient) };
}

/** `START:END`, half-open. */
export function textRange(value: string): Span {
  const [, start, end] = /^(\d{1,15}):(\d{1,15})$/.exec(value) ?? [];
  const range = { start: Number(start), end: Number(end) };
  if (start === undefined || range.start >= range.end) {
    throw new InvalidArgumentError('It has to be START:END in UTF-16 units, such as 4:9; START is less than END.');
  }
  return range;
}

/** `504,9444`. */
export function tokenIds(value: string): number[] {
  const ids = value.split(/[\s,]+/).filter((id) => id !== '');
  if (ids.length === 0 || !ids.every((id) => /^\d{1,9}$/.test(id))) {
    throw new InvalidArgumentError('It has to be ids of tokens, such as 504,9444.');
  }
  return ids.map(Number);
}

/** `0,10-12`, each once and in order, or `all`. */
export function layerList(value: string): number[] | 'all' {
  if (value === 'all') return 'all';
  const layers = new Set<number>();
  for (const part of value.split(',')) {
    const [, first, last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim()) ?? [];
    if (first === undefined || Number(first) > Number(last)) {
      throw new InvalidArgumentError('It has to be layers, such as 0,10-12, or all.');
    }
    for (let layer = Number(first); layer <= Number(last); layer++) layers.add(layer);
  }
  return [...layers].sort((one, other) => one - other);
}

/** `N` or `end`, and after a colon the text of a token, which may hold colons. */
export function whyQuestion(value: string): Question {
  const [, place, , token] = /^(\d{1,9}|end)(:(.+))?$/s.exec(value) ?? [];
  if (place === undefined || place === '0') {
    throw new InvalidArgumentError(
      'It has to be the position of a token from 1 on, or end, and after a colon the token that is asked about: 4, end, end:" Mary".',
    );
  }
  return { position: place === 'end' ? place : Number(place), token };
}

/** `token`, `line`, or one more `START:END`. */
export function occludedSpans(value: string, spans?: AskedSpans): AskedSpans {
  if (value === 'token' || value === 'line') return value;
  if (!/^\d/.test(value)) throw new InvalidArgumentError('It has to be token, line, or START:END in UTF-16 units.');
  return [...(typeof spans === 'object' ? spans : []), textRange(value)];
}

/** A path that says something. */
export function filePath(value: string): string {
  if (value === '') throw new InvalidArgumentError('It has to be a path, and it is empty.');
  return value;
}

/** Adds one address to those that were given before. */
export function anotherServer(value: string, servers: readonly string[] = []): string[] {
  return [...servers, serverAddress(value)];
}

/** Adds one path to those that were given before. */
export function anotherPath(value: string, paths: readonly string[] = []): string[] {
  return [...paths, filePath(value)];
}

/** Adds one value to those that were given before. */
export function another(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}
