import type { JsonField } from './json-field';

/**
 * The tokens that come before every text, as transformers has it: those that the post-processor's template puts there.
 * `add_bos_token` of tokenizer_config.json is not read beside a tokenizer.json (`_from_pretrained` of
 * `PreTrainedTokenizerBase`, version 5). What the template puts after the text is left out, for a model is asked how the text
 * goes on.
 *
 * @param size how many ids there are
 */
export function beginOf(tokenizer: JsonField, size: number): number[] {
  const processor = tokenizer.get('post_processor');
  return processor.isAbsent ? [] : beginOfProcessor(processor, size);
}

function beginOfProcessor(processor: JsonField, size: number): number[] {
  const type = processor
    .get('type')
    .oneOf(['ByteLevel', 'TemplateProcessing', 'BertProcessing', 'RobertaProcessing', 'Sequence']);
  if (type === 'ByteLevel') return [];
  if (type === 'TemplateProcessing') return beginOfTemplate(processor, size);
  // Each puts its tokens around what the one before it made.
  if (type === 'Sequence') {
    return processor
      .get('processors')
      .items()
      .reverse()
      .flatMap((part) => beginOfProcessor(part, size));
  }
  return [processor.get('cls').at(1).index(size)];
}

function beginOfTemplate(processor: JsonField, size: number): number[] {
  const single = processor.get('single');
  const text = single.items().findIndex((part) => !part.get('Sequence').isAbsent);
  if (text < 0) throw single.unknown();
  return single
    .items()
    .slice(0, text)
    .flatMap((part) => {
      const name = part.get('SpecialToken').get('id').text();
      const ids = processor.get('special_tokens').get(name).get('ids');
      return ids.items().map((id) => id.index(size));
    });
}
