import type { ChatTemplate } from '../../shared/chat';
import { inSlices } from '../../tokenizer/slices';
import { tokenizerFolderOf } from '../adapters/open-adapter';
import { metadataOf } from '../gguf/parts';
import { chatTemplateOf, specialTokensOf } from '../huggingface/tokenizer-files';
import { locate } from './locate';

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

function* templateOf(path: string, adapter?: string): Generator<undefined, ChatTemplate | undefined> {
  const { format, path: place } = locate(path);
  if (format === 'huggingFace') {
    const folder = (adapter === undefined ? undefined : tokenizerFolderOf(adapter)) ?? place;
    const source = yield* chatTemplateOf(folder);
    return source === undefined ? undefined : { source, named: {}, tokens: yield* specialTokensOf(folder) };
  }
  const metadata = yield* metadataOf(place);
  const source = metadata.optionalString('tokenizer.chat_template');
  if (source === undefined) return undefined;
  const texts = metadata.strings('tokenizer.ggml.tokens');
  const tokens = GGUF_TOKENS.flatMap(([name, key]) => {
    const text = texts[metadata.optionalNumber(`tokenizer.ggml.${key}`) ?? -1];
    return text === undefined ? [] : [[name, text]];
  });
  return { source, named: {}, tokens: Object.fromEntries(tokens) };
}
