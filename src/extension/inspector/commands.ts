import * as vscode from 'vscode';
import { checkCapability } from '../../shared/capabilities';
import { type InspectorState, VIEWS_OF_OWN_TEXTS, type ViewName } from '../../shared/inspector-api';
import { registerCommand } from '../register-command';
import { settings } from '../settings';
import { loadControlVector } from './control-vectors';
import type { Inspector } from './inspector';
import { cursorOf, Target } from './target';
import { numberToShow, textsToCompare } from './view-request';

/** Vocabularies beside the model's own, where none is chosen: one that cuts numbers in any groups, one in threes. */
const COMPARED = ['gpt2', 'o200k_base'];

/** The commands that open the views. @param open brings the inspector to the front */
export function registerCommands(inspector: Inspector, open: () => void): vscode.Disposable {
  const { store, inspection, lastEditor, readings } = inspector;

  const show = (view: ViewName, viewRequest: InspectorState['viewRequest'] = {}) => {
    inspector.show(view, viewRequest);
    open();
  };

  /** @param select which token to select: by default the one at the cursor, where nothing else is selected */
  const inspect = async (
    view: ViewName,
    targetOf: (editor: vscode.TextEditor) => Target = Target.of,
    select: (editor: vscode.TextEditor) => number | undefined = cursorOf,
    viewRequest: InspectorState['viewRequest'] = {},
  ) => {
    const editor = lastEditor.get();
    show(view, viewRequest);
    await inspection.inspect(targetOf(editor), select(editor));
  };

  return vscode.Disposable.from(
    registerCommand('vitrine.inspectSelection', (asked) => {
      const view = asked === 'difference' ? asked : store.state.view;
      return inspect(VIEWS_OF_OWN_TEXTS.includes(view) ? 'probabilities' : view);
    }),
    registerCommand('vitrine.compareTokenizers', () =>
      inspect('tokens', Target.of, cursorOf, { vocabularies: vocabulariesToCompare() }),
    ),
    registerCommand('vitrine.continueText', () => inspect('continue', Target.toCursor, endOf)),
    registerCommand('vitrine.attentionFromSelection', () =>
      inspect('attention', Target.of, (editor) => cursorOf(editor) ?? endOf(editor)),
    ),
    registerCommand('vitrine.showAnatomy', async () => {
      if (lastEditor.current) await inspect('anatomy');
      else show('anatomy');
    }),
    registerCommand('vitrine.loadControlVector', async () => {
      if (store.state.model) checkCapability(store.state.model, 'hasInterventions');
      const note = await loadControlVector(readings);
      if (!readings.steering) return;
      if (lastEditor.current) await inspect('continue', Target.toCursor, endOf);
      else show('continue');
      if (note) await vscode.window.showInformationMessage(note);
    }),
    registerCommand('vitrine.numberLens', async () => {
      const editor = lastEditor.current;
      const number = editor && numberToShow(editor.document, editor.selection);
      show('numbers', number === undefined ? {} : { number });
      // The view offers the other numbers of the text that is inspected: that shall be the one in front.
      if (editor && editor.document !== inspection.target?.document) {
        await inspection.inspect(Target.of(editor), cursorOf(editor));
      }
    }),
    registerCommand('vitrine.compareTexts', async (texts) => {
      const editor = lastEditor.current;
      show('compare', { texts: givenTexts(texts) ?? (editor ? await textsToCompare(editor) : []) });
    }),
  );
}

/** What another command has compared. */
function givenTexts(texts: unknown): string[] | undefined {
  return Array.isArray(texts) ? texts.map(String) : undefined;
}

/** In the last character of the selection, or before the cursor. */
function endOf({ document, selection }: vscode.TextEditor): number {
  return Math.max(0, document.offsetAt(selection.end) - 1);
}

function vocabulariesToCompare(): string[] {
  const own = settings.tokenizer();
  return own === 'model' || COMPARED.includes(own) ? COMPARED : [own, ...COMPARED];
}
