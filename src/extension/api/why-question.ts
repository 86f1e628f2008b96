import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { Requests } from '../../shared/requests';
import type { Tokenizer } from '../../tokenizer';
import { firstTokenOf } from '../first-token';
import type { VitrineWhyQuestion } from './vitrine';

/**
 * The question as the engine is asked it.
 *
 * @param length of the text, in tokens
 * @throws VitrineError where there is no such place or token
 */
export function whyQuestion(
  tokenizer: Tokenizer,
  length: number,
  { position = length, token, against }: VitrineWhyQuestion,
): Omit<Requests['why'], 'trace'> {
  if (!Number.isInteger(position) || position < 1 || position > length) {
    const sentence = vscode.l10n.t(
      'No token at position {0} can be asked about: they go from 1, for nothing predicts the first, to {1}, which is what comes next.',
      position,
      length,
    );
    throw new VitrineError('request.position', sentence);
  }
  return { position, token: idOf(tokenizer, token), against: idOf(tokenizer, against) };
}

function idOf(tokenizer: Tokenizer, token: number | string | undefined): number | undefined {
  if (token === undefined) return undefined;
  const id = typeof token === 'string' ? firstTokenOf(tokenizer, token)?.id : token;
  if (id !== undefined && Number.isInteger(id) && id >= 0 && id < tokenizer.size) return id;
  throw new VitrineError('request.token', vscode.l10n.t('The vocabulary of the model has no token {0}.', token));
}
