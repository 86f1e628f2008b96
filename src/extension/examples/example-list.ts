import type { Translate } from '../translate';

/** A text that comes with Vitrine. */
export interface Example {
  /** Its file under examples/. */
  file: string;
  /** What there is to see, and first what the model cannot do. */
  about: string;
  /** In Spanish, which the model that comes with Vitrine gets wrong. */
  needsSpanish?: boolean;
}

/** The examples, those in the reader's language first. */
export function exampleList(t: Translate, language: string): Example[] {
  const isSpanish = language.startsWith('es');
  const english = [
    { file: 'mouse-and-cheese.txt', about: t('A sentence that the model finds plausible.') },
    { file: 'cheese-and-mouse.txt', about: t('The same words in another order: 12,000 times less probable.') },
    { file: 'john-and-mary.txt', about: t('Two names: which words make the model say the right one.') },
  ];
  const spanish = [
    { file: 'gato-y-pescado.txt', about: t('In Spanish, for which the model was not made: it gets this one right.') },
    { file: 'pescado-y-gato.txt', about: t('The same words in another order: less probable, as it should be.') },
    {
      file: 'raton-y-queso.txt',
      about: t('In Spanish the model is wrong here: it finds this less probable than the next.'),
      needsSpanish: true,
    },
    {
      file: 'queso-y-raton.txt',
      about: t('The same words in another order: more probable to the model, wrongly.'),
      needsSpanish: true,
    },
    { file: 'juan-y-maria.txt', about: t('The two names in Spanish: here the model finds the right one.') },
  ];
  return [
    isSpanish
      ? { file: 'LEEME.md', about: t('What to see in each of them.') }
      : { file: 'README.md', about: t('What to see in each of them.') },
    ...(isSpanish ? [...spanish, ...english] : [...english, ...spanish]),
    { file: 'the-number-327.txt', about: t('A sum, to the model and to other vocabularies.') },
    { file: 'code.py', about: t('Two functions, one of them with a fault.') },
    { file: 'typo.py', about: t('A word misspelt: which words made the model expect it.') },
    { file: 'chat.txt', about: t('A chat, which is one text to the model.') },
    { file: 'chats.jsonl', about: t('Conversations, one a line, to be read as chats; the last is a pair of answers.') },
    {
      file: 'documents.jsonl',
      about: t('Documents to filter: open them as a data set, and most rules find one to remove.'),
    },
  ];
}
