import { CharacterMap } from '../normalizers/charsmap';
import { replaceMatches, replaceText } from '../normalizers/replace';
import { lowercase, nmt, prepend, strip, stripAccents } from '../normalizers/simple';
import type { Normalizer } from '../normalizers/traced-text';
import { unicodeForm } from '../normalizers/unicode-form';
import { Regex } from '../regex/regex';
import type { JsonField } from './json-field';

/** The step that a normaliser of a tokenizer.json is. @throws VitrineError `tokenizer.unknown` for one that is not known */
export function readNormalizer(field: JsonField): Normalizer {
  const type = field
    .get('type')
    .oneOf([
      'NFC',
      'NFD',
      'NFKC',
      'NFKD',
      'Prepend',
      'Replace',
      'Strip',
      'StripAccents',
      'Lowercase',
      'Nmt',
      'Precompiled',
    ]);
  switch (type) {
    case 'Prepend':
      return prepend(field.get('prepend').text());
    case 'Replace':
      return readReplace(field.get('pattern'), field.get('content').text());
    case 'Strip':
      return strip(field.get('strip_left').boolean(true), field.get('strip_right').boolean(true));
    case 'StripAccents':
      return stripAccents;
    case 'Lowercase':
      return lowercase;
    case 'Nmt':
      return nmt;
    case 'Precompiled':
      return new CharacterMap(Buffer.from(field.get('precompiled_charsmap').text(), 'base64')).normalize;
    default:
      return unicodeForm(type);
  }
}

function readReplace(pattern: JsonField, content: string): Normalizer {
  if (!pattern.get('Regex').isAbsent) return replaceMatches(new Regex(pattern.get('Regex').text()), content);
  const sought = pattern.get('String').text();
  if (sought === '') throw pattern.unknown();
  return replaceText(sought, content);
}
