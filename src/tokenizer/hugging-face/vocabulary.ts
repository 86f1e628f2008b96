import type { HuggingFaceVocabulary } from '../../shared/tokens';
import { AddedTokens, type ListedToken } from '../added/added-tokens';
import { normalized } from '../normalizers/traced-text';
import type { Vocabulary } from '../vocabulary';
import { type ListedAdded, readAdded } from './added';
import { beginOf } from './begin';
import { readBpe } from './bpe';
import { JsonField } from './json-field';
import { readRules } from './read-rules';
import type { Rules } from './rules';
import { readTokens } from './tokens';
import { readScoredTokens, readUnigram } from './unigram';

/**
 * The vocabulary of a tokenizer.json (https://github.com/huggingface/tokenizers), made in steps.
 *
 * @throws VitrineError `tokenizer.json` where a field cannot be what it is, `tokenizer.unknown` and `tokenizer.regex`
 * where it asks for something that is not implemented, `tokenizer.size` and `tokenizer.merge`
 */
export function* huggingFaceVocabulary(source: HuggingFaceVocabulary): Generator<undefined, Vocabulary> {
  const tokenizer = new JsonField(source.tokenizer, 'tokenizer.json');
  const config = new JsonField(source.config, 'tokenizer_config.json');
  const model = tokenizer.get('model');
  // Old files of BPE do not name their kind.
  const isBpe = model.get('type').oneOf(['BPE', 'Unigram'], 'BPE') === 'BPE';
  const tokens = yield* isBpe ? readTokens(model.get('vocab')) : readScoredTokens(model.get('vocab'));
  const listed = yield* readAdded(tokenizer, config, tokens);
  const rules = readRules(
    tokenizer,
    listed.some((token) => token.normalized),
  );
  const read = isBpe ? readBpe : readUnigram;
  const parts = yield* read(model, tokens, listed, rules);
  const added = yield* AddedTokens.of(listed.map((token) => sought(token, rules)));
  return {
    name: 'tokenizer.json',
    vocabSize: source.vocabSize,
    begin: beginOf(tokenizer, parts.table.size),
    normalizers: rules.normalizers,
    isLocal: rules.isLocal && !added.hasWords,
    prefix: rules.prefix,
    splits: rules.splits,
    ...parts,
    added,
  };
}

/** How an added token is looked for. One that is after normalising is so after its own normalising, too. */
function sought({ id, content, special, ...flags }: ListedAdded, { normalizers }: Rules): ListedToken {
  const text = flags.normalized ? normalized(content, normalizers) : content;
  return { id, text, control: special, ...flags };
}
