import * as vscode from 'vscode';
import type { RecordSources } from '../../inspector';
import type { HostApi, SymbolSpan } from '../../shared/inspector-api';
import type { ActiveText } from '../active-text';
import type { Readings } from '../readings/readings';
import { saveFile } from '../save-file';
import { changeSetting } from '../settings';
import { spokenLanguage } from '../spoken-language';
import { loadControlVector, saveControlVector } from './control-vectors';
import type { EditorLink } from './editor-link';
import type { Follower } from './follower';
import { insertAfter } from './insert';
import type { Inspection } from './inspection';
import type { InspectorStateStore } from './inspector-state-store';
import { bundleFolder } from './page';
import { saveInspector } from './save-inspector';
import { symbolsIn } from './symbols';
import { Target } from './target';

/** What the host's answers are made from. */
export interface Dependencies {
  /** Where the extension is. */
  extension: vscode.Uri;
  readings: Readings;
  /** Whom an exported file's recording asks. */
  sources(): Pick<RecordSources, 'lenses' | 'runs' | 'vocabularies' | 'compared'>;
  store: InspectorStateStore;
  inspection: Inspection;
  follower: Follower;
  link: EditorLink;
  lastEditor: ActiveText;
}

/** Of each action the command, and what it is given. */
const COMMANDS: Record<Parameters<HostApi['run']>[0], [string, ...unknown[]]> = {
  restartEngine: ['vitrine.restartEngine'],
  showLog: ['vitrine.showLog'],
  chooseModel: ['vitrine.chooseModel'],
  // Which one is asked for; then it is inspected.
  openExample: ['vitrine.openExample', undefined, 'vitrine.inspectSelection'],
  explainTables: ['vitrine.openDocumentation', 'json.md'],
};

/** What views ask of the editor. */
export function createHostApi(parts: Dependencies): HostApi {
  const { readings, store, inspection, follower, link, lastEditor } = parts;
  return {
    start: async () => {
      inspection.renewIfOutdated();
      follower.catchUp();
      const { state } = store;
      store.clearViewRequest();
      store.setShown({});
      return { language: spokenLanguage(), translations: { ...vscode.l10n.bundle }, state, isLive: true };
    },
    select: async (selected) => link.select(selected),
    preview: async (token) => link.preview(token),
    show: async (view) => store.change({ view }),
    setShown: async (shown) => store.setShown(shown),
    setMasksSink: (masks) => changeSetting('maskSink', masks),
    setPinned: async (isPinned) => store.change({ isPinned }),
    ablate: async (heads) => {
      readings.ablated = heads;
    },
    steer: async (steering) => {
      readings.steering = steering;
    },
    loadControlVector: () => loadControlVector(readings),
    saveControlVector: () => saveControlVector(readings, (name) => placeFor(name, inspection.target?.document.uri)),
    renew: async () => {
      if (inspection.target) return inspection.renew();
      const editor = lastEditor.get();
      await inspection.inspect(Target.of(editor), editor.document.offsetAt(editor.selection.active));
    },
    readToWordEnd: () => inspection.readToWordEnd(),
    cancelReading: async () => inspection.cancel(),
    symbols: () => symbolsOf(parts),
    selections: async () => {
      const editor = lastEditor.current;
      const selections = editor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
      return selections.map((selection) => editor?.document.getText(selection) ?? '');
    },
    clipboard: async () => vscode.env.clipboard.readText(),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    save: (file) => saveFile(file, placeFor(file.name, inspection.target?.document.uri)),
    saveInspector: () => saveWhole(parts),
    insert: async (text) => {
      if (inspection.target && !inspection.isAtWork) await insertAfter(inspection.target, text);
    },
    run: async (action) => {
      await vscode.commands.executeCommand(...COMMANDS[action]);
    },
  };
}

async function symbolsOf({ store, inspection }: Dependencies): Promise<SymbolSpan[]> {
  const { subject } = store.state;
  const { target, start } = inspection;
  if (!subject || !target || subject.stale) return [];
  return symbolsIn(target.document, { start, end: start + subject.text.length });
}

async function saveWhole(parts: Dependencies): Promise<void> {
  const { state } = parts.store;
  const symbols = await symbolsOf(parts);
  const language = spokenLanguage();
  await saveInspector(
    { ...parts.sources(), state, symbols, language, translations: { ...vscode.l10n.bundle } },
    {
      bundle: bundleFolder(parts.extension),
      suggested: placeFor(`${state.subject?.title ?? 'vitrine'}.html`, parts.inspection.target?.document.uri),
    },
  );
}

/** Beside the document if it has a place where files are, or in the workspace. */
function placeFor(name: string, near: vscode.Uri | undefined): vscode.Uri | undefined {
  const isInFolder = near && vscode.workspace.fs.isWritableFileSystem(near.scheme);
  const folder = isInFolder ? vscode.Uri.joinPath(near, '..') : undefined;
  const root = folder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  return root && vscode.Uri.joinPath(root, name);
}
