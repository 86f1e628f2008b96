import type { ChatTemplate } from '../../shared/chat';
import { inSlices } from '../../tokenizer/slices';
import { tokenizerFolderOf } from '../adapters/open-adapter';
import type { GgufMetadata } from '../gguf/metadata';
import { metadataOf } from '../gguf/parts';
import { chatTemplatesOf, DEFAULT_TEMPLATE, specialTokensOf } from '../huggingface/chat-templates';
import { locate } from './locate';
import { tokenizerFolder } from './tokenizer-folder';

/** Names that templates have for special tokens, by the keys of GGUF files. */
const GGUF_TOKENS: readonly [string, string][] = [
  ['bos_token', 'bos_token_id'],
  ['eos_token', 'eos_token_id'],
  ['unk_token', 'unknown_token_id'],
  ['pad_token', 'padding_token_id'],
];

/** The chat template of a model, or of an adapter to it that brings its own, from its header; undefined where it has none. */
export const readModelChatTemplate = (path: string, adapter?: string): Promise<ChatTemplate | undefined> =>
  inSlices(templateOf(path, adapter));

/**
 * That of a model that is somewhere else, from where its vocabulary is here: a model that has the same, a folder with the files of
 * a tokenizer and no model, or its tokenizer.json.
 */
export async function readChatTemplate(path: string): Promise<ChatTemplate | undefined> {
  const folder = tokenizerFolder(path);
  return inSlices(folder === undefined ? templateOf(path) : templateOfFolder(folder));
}

function* templateOf(path: string, adapter?: string): Generator<undefined, ChatTemplate | undefined> {
  const { format, path: place } = locate(path);
  if (format === 'huggingFace') {
    return yield* templateOfFolder((adapter === undefined ? undefined : tokenizerFolderOf(adapter)) ?? place);
  }
  const metadata = yield* metadataOf(place);
  const texts = metadata.strings('tokenizer.ggml.tokens');
  const tokens = GGUF_TOKENS.flatMap(([name, key]) => {
    const text = texts[metadata.optionalNumber(`tokenizer.ggml.${key}`) ?? -1];
    return text === undefined ? [] : [[name, text]];
  });
  return withNames(ggufTemplates(metadata), Object.fromEntries(tokens));
}

function* templateOfFolder(folder: string): Generator<undefined, ChatTemplate | undefined> {
  return withNames(yield* chatTemplatesOf(folder), yield* specialTokensOf(folder));
}

const GGUF_TEMPLATE = 'tokenizer.chat_template';

/** One, and others whose names stand after its own. */
function ggufTemplates(metadata: GgufMetadata): Map<string, string> {
  const keys = metadata.keys().filter((key) => key === GGUF_TEMPLATE || key.startsWith(`${GGUF_TEMPLATE}.`));
  return new Map(
    keys.map((key) => [key.slice(GGUF_TEMPLATE.length + 1) || DEFAULT_TEMPLATE, metadata.optionalString(key) ?? '']),
  );
}

function withNames(templates: ReadonlyMap<string, string>, tokens: Record<string, string>): ChatTemplate | undefined {
  const source = templates.get(DEFAULT_TEMPLATE);
  if (source === undefined) return undefined;
  const named = Object.fromEntries([...templates].filter(([name]) => name !== DEFAULT_TEMPLATE));
  return { source, named, tokens };
}
