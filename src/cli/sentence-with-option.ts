import { errorText } from '../display/sentences';
import { cacheFolderVariable } from '../model/cache/folder';
import type { VitrineError } from '../shared/errors';

/** What a person does at a command line about an error that the engine tells of. */
const OPTIONS: Readonly<Record<string, string>> = {
  'space.confirm': 'Say --yes to go on.',
  'space.approximate': 'Say --weights 8bit or --weights 4bit.',
  'space.approximate.4bit': 'Say --weights 4bit.',
  'weights.nothingPacked': 'Say --weights float32, --weights 8bit or --weights 4bit.',
  'server.key': 'The environment variable VITRINE_SERVER_KEY holds it.',
  'server.noModel': 'Say --model NAME.',
  'server.noVocabulary': 'Say --vocabulary PATH.',
  'server.places': 'Say --vocabulary PATH.',
  'server.vocabulary': 'Say --vocabulary PATH.',
  'cache.notWritable': `The environment variable ${cacheFolderVariable()} says where it is.`,
};

/** An error's sentence, and what a person does about it here. */
export function sentenceWithOption(error: VitrineError): string {
  const option = OPTIONS[error.code];
  return option ? `${errorText(error)} ${option}` : errorText(error);
}
