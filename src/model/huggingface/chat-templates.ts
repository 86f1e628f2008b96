import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonValue } from './json';
import { readJsonFileIfAny, readText } from './read-json-file';
import { TOKENIZER_CONFIG } from './tokenizer-files';

const JINJA = 'chat_template.jinja';
/** Of those that have a name, one a file. */
const NAMED_FOLDER = 'additional_chat_templates';
const ENDING = '.jinja';

/** The name of the one that is taken where none is asked for. */
export const DEFAULT_TEMPLATE = 'default';

/** Templates of chats by their names, from the places where transformers looks for them; files of Jinja come before JSON. */
export function* chatTemplatesOf(folder: string): Generator<undefined, Map<string, string>> {
  const jinja = yield* jinjaFilesOf(folder);
  if (jinja.size > 0) return jinja;
  for (const file of ['chat_template.json', TOKENIZER_CONFIG]) {
    const templates = templatesIn((yield* readJsonFileIfAny(join(folder, file)))?.chat_template);
    if (templates.length > 0) return new Map(templates);
  }
  return new Map();
}

function* jinjaFilesOf(folder: string): Generator<undefined, Map<string, string>> {
  const named = join(folder, NAMED_FOLDER);
  const names = existsSync(named) ? readdirSync(named).filter((name) => name.endsWith(ENDING)) : [];
  const files: [string, string][] = [
    [DEFAULT_TEMPLATE, join(folder, JINJA)],
    ...names.map((name): [string, string] => [name.slice(0, -ENDING.length), join(named, name)]),
  ];
  const templates = new Map<string, string>();
  for (const [name, file] of files) {
    if (existsSync(file)) templates.set(name, yield* readText(file));
  }
  return templates;
}

/** A text, or several with names. */
function templatesIn(value: JsonValue | undefined): [string, string][] {
  if (typeof value === 'string') return [[DEFAULT_TEMPLATE, value]];
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).flatMap(({ name, template }): [string, string][] => {
    return typeof name === 'string' && typeof template === 'string' ? [[name, template]] : [];
  });
}

/** Texts of special tokens by the names that templates have for them, each a text or an object that holds it. */
export function* specialTokensOf(folder: string): Generator<undefined, Record<string, string>> {
  const older = (yield* readJsonFileIfAny(join(folder, 'special_tokens_map.json'))) ?? {};
  const config = (yield* readJsonFileIfAny(join(folder, TOKENIZER_CONFIG))) ?? {};
  return Object.fromEntries(
    Object.entries({ ...older, ...config }).flatMap(([name, value]) => {
      const text = isObject(value) ? value.content : value;
      return name.endsWith('_token') && typeof text === 'string' ? [[name, text]] : [];
    }),
  );
}
