import * as vscode from 'vscode';
import type { HeadAddress } from '../../shared/head-address';
import { isSameHead } from '../../shared/head-address';
import type { Decorations } from '../decorations/decorations';
import type { Inspector } from '../inspector/inspector';
import type { Services } from '../services';
import { type Goal, linesOf } from './step';

/** What goals are reached with, and seen in. */
export interface Screen {
  services: Services;
  decorations: Decorations;
  inspector: Inspector;
  /** The text of the step. */
  document: vscode.TextDocument;
  /** The head that a goal wants; undefined where the text has none. */
  inductionHead(): Promise<HeadAddress | undefined>;
}

type ShownView = Omit<Extract<Goal, { kind: 'view' }>, 'kind'>;

/** Whether it is to be seen. */
export async function isReached(goal: Goal, screen: Screen): Promise<boolean> {
  const { services, decorations, inspector, document } = screen;
  switch (goal.kind) {
    case 'bands':
      return decorations.areBandsOn;
    case 'surprisal':
      return decorations.quantityOf(document) === 'surprisal';
    case 'view':
      return isShown(inspector, goal) && isSelected(screen, goal.word);
    case 'inductionHead': {
      if (!isShown(inspector, { view: 'attention' }) || !isSelected(screen, lastWord(document))) return false;
      const head = await screen.inductionHead();
      return head === undefined || isSameHead(head, inspector.store.shown.head);
    }
    case 'texts':
      return isShown(inspector, { view: 'compare' }) && areCompared(inspector, linesOf(document.getText()));
    case 'chat':
      return services.chats.isApart(document);
    case 'eightBits': {
      const { choice, state } = services.comparison;
      const isCompared = choice?.kind === 'weights' && choice.weights === 'q8_0' && state?.reading.kind === 'ready';
      return isCompared && isShown(inspector, { view: 'anatomy', section: 'precision' });
    }
  }
}

/** Brings it about, as a person would. */
export async function reach(goal: Goal, screen: Screen): Promise<void> {
  const { services, decorations, inspector, document } = screen;
  const editor = await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  switch (goal.kind) {
    case 'bands':
      decorations.showBands();
      return;
    case 'surprisal':
      if (decorations.quantityOf(document) !== 'surprisal') await decorations.toggleHeat(editor, 'surprisal');
      return;
    case 'view':
      return show(editor, goal);
    case 'inductionHead': {
      await show(editor, { view: 'attention', word: lastWord(document) });
      const head = await screen.inductionHead();
      if (head) inspector.link.select(head);
      return;
    }
    case 'texts':
      await vscode.commands.executeCommand('vitrine.compareTexts', linesOf(document.getText()));
      return;
    case 'chat':
      return readAsChat(screen);
    case 'eightBits':
      await show(editor, { view: 'anatomy', section: 'precision', place: 'form.q8_0' });
      services.comparison.choose({ kind: 'weights', weights: 'q8_0' });
  }
}

/** Beside the file stands what the model reads of its first conversation: there the lines of JSON are a text. */
async function readAsChat({ services, inspector, document }: Screen): Promise<void> {
  await services.chats.read(document);
  const text = await services.chats.textAt(document, { line: 0, index: 0 });
  if (text) await inspector.rendered.show(document, text);
}

async function show(editor: vscode.TextEditor, { view, word, section, place }: ShownView): Promise<void> {
  const { document } = editor;
  const { start, end } = placeOf(document, word);
  const cursor = document.positionAt(word === undefined ? end : start);
  editor.selection = new vscode.Selection(cursor, cursor);
  if (view === 'continue') await vscode.commands.executeCommand('vitrine.continueText');
  else if (view === 'numbers') await vscode.commands.executeCommand('vitrine.numberLens');
  else
    await vscode.commands.executeCommand('vitrine.inspectToken', {
      view,
      uri: `${document.uri}`,
      start,
      section,
      place,
    });
}

/** Whether a view is seen, of Anatomy at its section, and Continue with something written: it is opened to see that. */
function isShown({ store, isVisible }: Inspector, { view, section }: ShownView): boolean {
  if (!isVisible || store.state.view !== view) return false;
  const { shown } = store;
  return view === 'continue' ? (shown.written ?? 0) > 0 : section === undefined || shown.section === section;
}

/** Whether the texts that are compared are these. */
function areCompared({ store }: Inspector, texts: readonly string[]): boolean {
  const compared = (store.shown.texts ?? []).map((text) => text.trim()).filter((text) => text !== '');
  return compared.length === texts.length && texts.every((text, i) => text.trim() === compared[i]);
}

/** Whether what is inspected is the step's text, and a token of a word is selected in it. */
function isSelected({ inspector, document }: Screen, word: string | undefined): boolean {
  const { inspection, store } = inspector;
  if (word === undefined) return inspection.target?.document === document;
  const { subject, selected } = store.state;
  const { token } = selected;
  if (inspection.target?.document !== document || !subject?.read || token === undefined) return false;
  const { start, end } = placeOf(document, word);
  const from = inspection.start + (subject.read.starts[token] ?? 0);
  const to = inspection.start + (subject.read.ends[token] ?? 0);
  return from < end && to > start;
}

/** Where a word stands last, or else where the text ends. */
function placeOf(document: vscode.TextDocument, word = ''): { start: number; end: number } {
  const text = document.getText().trimEnd();
  if (word === '') return { start: Math.max(0, text.length - 1), end: text.length };
  const start = Math.max(0, text.lastIndexOf(word));
  // The last character: of a word that is several tokens the last one is meant.
  return { start: start + word.length - 1, end: start + word.length };
}

const lastWord = (document: vscode.TextDocument) => document.getText().trimEnd().split(/\s/).at(-1) ?? '';
