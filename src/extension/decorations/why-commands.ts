import * as v from 'valibot';
import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { ActiveText } from '../active-text';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import type { Decorations } from './decorations';
import { chooseTokens } from './why-choice';

/** What a card or a list of tokens gives with the command: where the token begins, in which document. */
const place = v.object({ start: v.number(), uri: v.optional(v.string()) });
/** An item of the list of tokens in the side panel. */
const listed = v.object({ kind: v.literal('token'), token: place });

/** The commands that paint why a token. Without a token that is given, about the one at the cursor. */
export function registerWhy(services: Services, decorations: Decorations): vscode.Disposable {
  const { activeText } = services;
  return vscode.Disposable.from(
    registerCommand('vitrine.whyThisToken', async (given) => {
      const editor = goToToken(given, activeText);
      if (editor) await decorations.showWhy(editor);
      else await decorations.toggleWhy(activeText.get());
    }),
    registerCommand('vitrine.whyRatherThan', async (given) => {
      const editor = goToToken(given, activeText) ?? activeText.get();
      await decorations.showWhy(editor);
      const painted = decorations.whyIn(editor.document);
      if (painted && !painted.answer) throw nothingBefore();
      const chosen = painted && (await chooseTokens(services, painted));
      if (chosen) await decorations.showWhy(editor, chosen);
    }),
  );
}

/** Puts the cursor on a token that was given. @returns its editor; undefined where none was given */
function goToToken(given: unknown, activeText: ActiveText): vscode.TextEditor | undefined {
  const token = v.is(listed, given) ? given.token : v.is(place, given) ? given : undefined;
  if (!token) return undefined;
  const isOf = ({ document }: vscode.TextEditor) => document.uri.toString() === token.uri;
  const editor = vscode.window.visibleTextEditors.find(isOf) ?? activeText.get();
  const at = editor.document.positionAt(token.start);
  editor.selection = new vscode.Selection(at, at);
  return editor;
}

function nothingBefore(): VitrineError {
  return new VitrineError(
    'editor.first',
    vscode.l10n.t('Nothing stands before the first token, so nothing predicts it. Put the cursor on another one.'),
  );
}
