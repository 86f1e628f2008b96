import type { HuggingFaceVocabulary } from '../../shared/tokens';
import { AddedTokens } from '../added/added-tokens';
import type { Vocabulary } from '../vocabulary';
import { readAdded } from './added';
import { beginOf } from './begin';
import { readBpe } from './bpe';
import { JsonField } from './json-field';
import { readRules } from './read-rules';
import { readTokens } from './tokens';

/**
 * The vocabulary of a tokenizer.json (https://github.com/huggingface/tokenizers), made in steps.
 *
 * @throws VitrineError `tokenizer.json` where a field cannot be what it is, `tokenizer.unknown` where it asks for
 * something that is not implemented, `tokenizer.size` and `tokenizer.merge`
 */
export function* huggingFaceVocabulary(source: HuggingFaceVocabulary): Generator<undefined, Vocabulary> {
  const tokenizer = new JsonField(source.tokenizer, 'tokenizer.json');
  const config = new JsonField(source.config, 'tokenizer_config.json');
  const model = tokenizer.get('model');
  // Old files of BPE do not name their kind.
  model.get('type').oneOf(['BPE'], 'BPE');
  const rules = readRules(tokenizer);
  const tokens = yield* readTokens(model.get('vocab'));
  const listed = readAdded(tokenizer, config, tokens);
  const idOf = (text: string) => listed.find(({ content }) => content === text)?.id ?? tokens.idOf(text);
  const { table, alphabet, merges, cut } = yield* readBpe(model, tokens, listed, rules);
  const added = yield* AddedTokens.of(
    listed.map(({ id, content, special }) => ({ id, text: content, control: special })),
  );
  const begin = beginOf(tokenizer, config, { size: table.size, idOf });
  const { normalizes, prefix, splits } = rules;
  return { name: 'tokenizer.json', table, begin, normalizes, prefix, alphabet, splits, cut, merges, added };
}
