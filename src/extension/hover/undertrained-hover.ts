import * as v from 'valibot';
import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatIndicator } from '../../display/indicator';
import { formatProbability } from '../../display/numbers';
import type { VerifiedToken } from '../../shared/undertrained-api';
import type { Decorations } from '../decorations/decorations';
import type { MarkedToken } from '../decorations/undertrained-marks';
import { rangeOf } from '../documents/spans';
import { registerCommand } from '../register-command';
import { inlineCode } from './markdown';

/** The command of the link; it is in no palette, because it needs to be told which token. */
const VERIFY = 'vitrine.verifyUndertrainedToken';

/** Says of a token that is underlined what that measures, and offers to have the model repeat it. */
export function registerUndertrainedHover(decorations: Decorations): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider('*', {
      provideHover(document, position) {
        const marked = decorations.undertrainedAt(document, document.offsetAt(position));
        return marked && new vscode.Hover([cardOf(marked), linkOf(marked)], rangeOf(document, marked));
      },
    }),
    registerCommand(VERIFY, async (id) => {
      const verified = await decorations.verifyUndertrained(v.parse(v.number(), id));
      // A hover that is open says what it said.
      void vscode.window.showInformationMessage(verdictOf(verified));
    }),
  );
}

function cardOf({ token, indicator, model, verified }: MarkedToken): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const value = formatIndicator(token.indicator);
  const lines = [
    t('{0} was probably hardly trained on the token {1}.', model, inlineCode(visibleText(token.text))),
    indicator === 'inputNorm'
      ? t('The length of its row of the embedding is {0}.', value)
      : t('Its row of the unembedding is at a distance of {0} from those of unused tokens.', value),
    t('Of the tokens that a text can have, {0} are trained less.', formatProbability(token.percentile)),
    ...(verified ? [verdictOf(verified)] : []),
  ];
  return new vscode.MarkdownString(lines.join(' '));
}

function verdictOf({ probability }: VerifiedToken): string {
  return vscode.l10n.t('Asked to repeat the token, the model gives it at most {0}.', formatProbability(probability));
}

/** Only the link may run a command: what a token holds never does. */
function linkOf({ token, verified }: MarkedToken): vscode.MarkdownString {
  if (verified) return new vscode.MarkdownString();
  const text = vscode.l10n.t('Ask the model to repeat it');
  const link = new vscode.MarkdownString(
    `[${text}](command:${VERIFY}?${encodeURIComponent(JSON.stringify([token.id]))})`,
  );
  link.isTrusted = { enabledCommands: [VERIFY] };
  return link;
}
