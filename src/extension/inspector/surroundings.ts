import * as vscode from 'vscode';
import type { SavedFile, Surroundings } from '../../shared/inspector-api';
import type { Analyses } from '../analysis/analyses';
import { changeSetting } from '../settings';
import { spokenLanguage } from '../spoken-language';
import type { EditorLink } from './editor-link';
import { insertAfter } from './insert';
import type { Inspection } from './inspection';
import type { InspectorStore } from './inspector-store';
import { symbolsIn } from './symbols';
import { Target } from './target';
import type { LastTextEditor } from './text-editor';

/** What the views' surroundings are made of. */
export interface Parts {
  analyses: Analyses;
  store: InspectorStore;
  inspection: Inspection;
  link: EditorLink;
  lastEditor: LastTextEditor;
}

/** Of each action the command, and what it is given. */
const COMMANDS: Record<Parameters<Surroundings['run']>[0], [string, ...unknown[]]> = {
  restartEngine: ['vitrine.restartEngine'],
  showLog: ['vitrine.showLog'],
  chooseModel: ['vitrine.chooseModel'],
  // Which one is asked for; then it is inspected.
  openExample: ['vitrine.openExample', undefined, 'vitrine.inspectSelection'],
};

/** What views ask of the editor. */
export function createSurroundings({ analyses, store, inspection, link, lastEditor }: Parts): Surroundings {
  return {
    start: async () => {
      inspection.seen();
      return {
        language: spokenLanguage(),
        translations: { ...vscode.l10n.bundle },
        state: store.state,
        isLive: true,
      };
    },
    select: async (selected) => link.select(selected),
    preview: async (token) => link.preview(token),
    show: async (view) => store.change({ view }),
    setMasksSink: (masks) => changeSetting('maskSink', masks),
    ablate: async (heads) => {
      analyses.ablated = heads;
    },
    renew: async () => {
      if (inspection.target) return inspection.renew();
      const editor = lastEditor.get();
      await inspection.inspect(Target.of(editor), editor.document.offsetAt(editor.selection.active));
    },
    cancelReading: async () => inspection.cancel(),
    symbols: async () => {
      const { subject } = store.state;
      const { target, start } = inspection;
      if (!subject || !target || subject.stale) return [];
      return symbolsIn(target.document, { start, end: start + subject.text.length });
    },
    selections: async () => {
      const editor = lastEditor.current;
      const selections = editor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
      return selections.map((selection) => editor?.document.getText(selection) ?? '');
    },
    clipboard: async () => vscode.env.clipboard.readText(),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    save: (file) => save(file, inspection.target?.document.uri),
    saveInspector: async () => {},
    insert: async (text) => {
      if (inspection.target) await insertAfter(inspection.target, text);
    },
    run: async (action) => {
      await vscode.commands.executeCommand(...COMMANDS[action]);
    },
  };
}

/** Asks where, beside the document if it has a place, and writes it there. */
async function save({ name, content }: SavedFile, near: vscode.Uri | undefined): Promise<void> {
  const folder = near && near.scheme !== 'untitled' ? vscode.Uri.joinPath(near, '..') : undefined;
  const root = folder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const options = root ? { defaultUri: vscode.Uri.joinPath(root, name) } : {};
  const chosen = await vscode.window.showSaveDialog(options);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  if (chosen) await vscode.workspace.fs.writeFile(chosen, bytes);
}
