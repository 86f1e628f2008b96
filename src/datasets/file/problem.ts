import type { Sentence } from '../../shared/errors';

/** What is wrong with a row: the rule that removes what cannot be read measures each by this name. */
export type ProblemKind =
  | 'empty_row'
  | 'malformed'
  | 'no_text'
  | 'not_utf8'
  | 'half_character'
  | 'too_long'
  | 'unreadable';

/** Why a row cannot be read, or not whole, for people and for rules. */
export interface Problem extends Sentence {
  kind: ProblemKind;
}

export const problem = (kind: ProblemKind, sentence: Sentence): Problem => ({ ...sentence, kind });
