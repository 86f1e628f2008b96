import type { JsonField } from './json-field';

/** The tokens of a vocabulary, as far as the rules about them ask. */
export interface NamedTokens {
  /** How many ids there are. */
  size: number;
  /** The id of a token's text; -1 where there is none. */
  idOf(text: string): number;
}

/**
 * The tokens that come before every text, as transformers has it (TokenizersBackend, version 5): where
 * tokenizer_config.json says `add_bos_token` or `add_eos_token`, or tokenizer.json has no post-processor, the one token
 * of that rule or none; else those that the post-processor's template puts before the text. What it puts after the text
 * is left out, for a model is asked how the text goes on.
 */
export function beginOf(tokenizer: JsonField, config: JsonField, tokens: NamedTokens): number[] {
  const processor = tokenizer.get('post_processor');
  const isRuled =
    !config.isAbsent && ['add_bos_token', 'add_eos_token'].some((key) => Object.hasOwn(config.object(), key));
  if (!isRuled && !processor.isAbsent) return beginOfProcessor(processor, tokens);
  if (config.isAbsent || !config.get('add_bos_token').boolean(false)) return [];
  return known(config.get('bos_token'), tokens);
}

/** The id of a token that tokenizer_config.json names by its text or, as it writes added tokens, in `content`. */
function known(token: JsonField, tokens: NamedTokens): number[] {
  if (token.isAbsent) return [];
  const id = tokens.idOf(typeof token.value === 'string' ? token.value : token.get('content').text());
  return id < 0 ? [] : [id];
}

function beginOfProcessor(processor: JsonField, tokens: NamedTokens): number[] {
  const type = processor
    .get('type')
    .oneOf(['ByteLevel', 'TemplateProcessing', 'BertProcessing', 'RobertaProcessing', 'Sequence']);
  if (type === 'ByteLevel') return [];
  if (type === 'TemplateProcessing') return beginOfTemplate(processor, tokens);
  // Each puts its tokens around what the one before it made.
  if (type === 'Sequence') {
    return processor
      .get('processors')
      .items()
      .reverse()
      .flatMap((part) => beginOfProcessor(part, tokens));
  }
  return [processor.get('cls').at(1).index(tokens.size)];
}

function beginOfTemplate(processor: JsonField, tokens: NamedTokens): number[] {
  const single = processor.get('single');
  const text = single.items().findIndex((part) => !part.get('Sequence').isAbsent);
  if (text < 0) throw single.unknown();
  return single
    .items()
    .slice(0, text)
    .flatMap((part) => {
      const name = part.get('SpecialToken').get('id').text();
      const ids = processor.get('special_tokens').get(name).get('ids');
      return ids.items().map((id) => id.index(tokens.size));
    });
}
