/** In files of models that also see or hear, where the model of language begins, and what its names are without the rest. */
const TEXT_PREFIXES: readonly [string, string][] = [
  ['language_model.model.', 'model.'],
  ['language_model.lm_head.', 'lm_head.'],
  ['model.language_model.', 'model.'],
  ['model.text_model.', 'model.'],
];

/** What sees and hears, and what brings that to the model of language. */
const OTHER_PARTS =
  /^(model\.)?(vision_tower|vision_model|visual|multi_modal_projector|connector|audio_tower|embed_vision|embed_audio)\./;

/** What a tensor of the model of language is called by itself; undefined of what is another part's. */
export function textName(name: string): string | undefined {
  if (OTHER_PARTS.test(name)) return undefined;
  const [prefix, without] = TEXT_PREFIXES.find(([start]) => name.startsWith(start)) ?? ['', ''];
  return without + name.slice(prefix.length);
}
