import { shortModelName, vocabularyName } from '../display/names';
import { settings } from './settings';

/** Of the vocabulary in use, for people. */
export function tokenizerName(model: { name: string } | undefined): string {
  const name = settings.tokenizer();
  if (name !== 'model') return vocabularyName(name);
  return model ? shortModelName(model.name) : '';
}
