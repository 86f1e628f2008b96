import type { TakenText } from '../../datasets/funnel/rewritten-text';
import { formatBytes } from '../../display/format-bytes';
import { formatCount, formatProbabilityShort, formatQuantity } from '../../display/numbers';
import { render } from '../../display/sentences';
import type { Decision, LanguageCount } from '../../shared/filters-api';
import type { CountedTokens } from './count-tokens';
import type { FunnelRow, NotApplied } from './funnel-rows';

/** What stays, in a sentence. */
export function keptSentence({ all, kept }: Decision, tokens: CountedTokens | undefined): string {
  const share = all.documents === 0 ? '' : ` (${formatProbabilityShort(kept.documents / all.documents)})`;
  return `${formatCount(kept.documents)} of ${formatQuantity(all.documents, 'document')} stay${share}, ${formatBytes(kept.bytes)} of ${formatBytes(all.bytes)}${tokens ? `, ${tokensClause(tokens)}` : ''}.`;
}

function tokensClause({ kept, all, estimatedFrom, vocabulary }: CountedTokens): string {
  const count = (tokens: number) => formatCount(estimatedFrom === undefined ? tokens : Number(tokens.toPrecision(2)));
  const about = estimatedFrom === undefined ? '' : 'about ';
  return `${about}${count(kept)} of ${count(all)} tokens of ${vocabulary}`;
}

/** What to do where nothing stays; undefined where something does. */
export function nothingStays(rows: readonly FunnelRow[], { all, kept }: Decision): string | undefined {
  if (kept.documents > 0 || all.documents === 0) return undefined;
  const unreadable = rows.find(({ filter }) => filter.kind === 'entry');
  if (unreadable?.left !== 0) return CHOOSE_OTHERS;
  const kinds = unreadable.measures
    .filter(({ removed }) => removed > 0)
    .map(({ measure, removed }) => `${render(measure.title)}: ${formatCount(removed)}. ${render(measure.why)}`);
  return ['No row of it can be read.', ...kinds].join(' ');
}

const CHOOSE_OTHERS =
  'No document stays. --preset chooses rules for another kind of data, and --threshold NAME=off switches one off.';

/** What rules took from the texts of an export. */
export function takenSentence({ documents, characters }: TakenText): string {
  if (documents === 0) return 'Rules took nothing from their texts but white space.';
  return `Rules took ${formatQuantity(characters, 'character')} from the texts of ${formatQuantity(documents, 'document')}.`;
}

/** What rules would take from the texts that stay; undefined where it is nothing. @param lookedAt documents, which may be all */
export function judgedSentence(
  { documents, lookedAt }: TakenText & { lookedAt: number },
  { kept }: Decision,
): string | undefined {
  if (documents === 0) return undefined;
  const isWhole = lookedAt === kept.documents;
  const share = isWhole ? formatCount(documents) : `about ${formatProbabilityShort(documents / lookedAt)}`;
  return `From ${share} of the documents that stay, rules take lines or citations before others judge the text. --export writes it as it stands, and with --rewrite without them.`;
}

/** As many are named. */
const MOST_LANGUAGES = 8;

/** In which languages the documents are that go by theirs; undefined where none does. */
export function languagesSentence(languages: readonly LanguageCount[]): string | undefined {
  if (languages.length === 0) return undefined;
  const named = languages.slice(0, MOST_LANGUAGES).map(({ language, documents }) => {
    return `${languageName(language)} ${formatCount(documents)}`;
  });
  const others = languages.slice(MOST_LANGUAGES).reduce((sum, { documents }) => sum + documents, 0);
  return `Removed by language: ${[...named, ...(others > 0 ? [`others ${formatCount(others)}`] : [])].join(', ')}.`;
}

/** @param code ISO 639-1; empty where no language is likely */
export const languageName = (code: string) => (code === '' ? 'none that is known' : (NAMES.of(code) ?? code));

const NAMES = new Intl.DisplayNames('en', { type: 'language' });

/** Which rules had no say, and why; undefined where all had. */
export function notAppliedSentence(rules: readonly NotApplied[]): string | undefined {
  if (rules.length === 0) return undefined;
  return `Not applied: ${rules.map(({ filter, why }) => `${render(filter.title)} (${why})`).join(', ')}.`;
}
