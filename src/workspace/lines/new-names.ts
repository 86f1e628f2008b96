import type { Span } from '../../shared/tokens';
import type { TextPart } from './parts';

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** What is nobody's name in the languages that are read; where one is after all, it counts as seen. */
const KEYWORDS = new Set(
  `abstract and any as assert async await bool boolean break byte case catch char class const constructor continue debugger
  declare def default defer del delete do done double elif else elsif end enum esac except export extends extern false fi
  final finally float fn for foreach from fun func function get global go goto if impl implements import in include init
  inline instanceof int interface internal is keyof lambda let local long loop match mod module mut namespace native new nil
  none None nonlocal not null number object of or override package pass private protected pub public raise range readonly
  ref require rescue return satisfies sealed self Self set short signed sizeof static string String struct super switch
  symbol synchronized template then this This throw throws trait True False true try type typedef typeof undefined union
  unknown unless unsafe unsigned until use using val var virtual void volatile when where while with yield`.split(
    /\s+/,
  ),
);

/** Where a name stands in the code that the text has not had before, also not in a comment or a string. */
export function newNamesOf(text: string, parts: readonly TextPart[]): Span[] {
  const seen = new Set(KEYWORDS);
  const names: Span[] = [];
  let part = 0;
  for (const { 0: name, index: start } of text.matchAll(NAME)) {
    if (seen.has(name)) continue;
    seen.add(name);
    while (part < parts.length && (parts[part] as TextPart).end <= start) part++;
    const isCode = start < (parts[part]?.start ?? text.length);
    if (isCode) names.push({ start, end: start + name.length });
  }
  return names;
}
