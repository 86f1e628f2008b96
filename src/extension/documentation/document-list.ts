import type { Translate } from '../translate';

/** A page of the documentation that comes with Vitrine. */
export interface Document {
  /** Its file under docs/. */
  file: string;
  about: string;
}

/** The pages, those that most people want first. They are in English. */
export function documentList(t: Translate): Document[] {
  return [
    { file: 'editor.md', about: t('Commands, hovers, the side panel, the inspector, and what can be saved.') },
    { file: 'settings.md', about: t('What each setting does.') },
    { file: 'models.md', about: t('Which models can be opened, and what they run on.') },
    { file: 'serve.md', about: t('How to serve a model for Vitrine, and what is sent to a server.') },
    { file: 'cli.md', about: t('The same without an editor: vitrine inspect, tokens, numbers, get, devices, cache.') },
    { file: 'json.md', about: t('What the fields of JSON and the columns of tables mean.') },
    { file: 'performance.md', about: t('How right the numbers are, and how fast they come.') },
    { file: 'api.md', about: t('For other extensions, and for the language model of a chat.') },
  ];
}
