import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { GgufVocabulary } from '../../shared/tokens';
import { TokenType } from './token-types';

/** @throws VitrineError where a token's type or score is none, or where only some tokens have one */
export function checkNumbers(source: GgufVocabulary): void {
  const problem = problemOfTypes(source) ?? problemOfScores(source);
  if (problem === undefined) return;
  throw new VitrineError(
    'tokenizer.damaged',
    sentence`The vocabulary is damaged: ${problem}. Get the model file again from its source.`,
  );
}

function problemOfTypes({ tokens, tokenTypes }: GgufVocabulary): Sentence | undefined {
  if (!tokenTypes) return undefined;
  if (tokenTypes.length !== tokens.length) {
    return sentence`it names the types of ${tokenTypes.length} of its ${tokens.length} tokens`;
  }
  // Old files also use 0, for undefined.
  const bad = tokenTypes.findIndex((type) => type < 0 || type > TokenType.Byte);
  return bad < 0
    ? undefined
    : sentence`its token ${String(bad)} is of the type ${tokenTypes[bad] ?? 0}, which there is not`;
}

function problemOfScores({ tokens, scores }: GgufVocabulary): Sentence | undefined {
  if (!scores) return undefined;
  if (scores.length !== tokens.length)
    return sentence`it has scores for ${scores.length} of its ${tokens.length} tokens`;
  // Nothing can be put in order by them.
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  return bad < 0
    ? undefined
    : sentence`its token ${String(bad)} has the score ${String(scores[bad] ?? 0)}, which is no number`;
}
