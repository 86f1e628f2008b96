import * as vscode from 'vscode';
import {
  compareWith,
  type ErrorAction,
  openMachineSetting,
  serverAction,
  showLog,
  useLocalModel,
} from './server-error-actions';

/** Of the cache folder: another one mends them. */
const FOLDER_ERRORS = new Set(['cache.notWritable', 'cache.unreadable', 'cache.occupied', 'cache.relative']);

/** @param isOfCompared whether it is about the model that the text is held against, and not about the one in use */
export function actionFor(code: string, isOfCompared: boolean): ErrorAction {
  if (FOLDER_ERRORS.has(code)) return changeFolder();
  if (code.startsWith('adapter.')) {
    if (isOfCompared) return compareWith();
    const title = vscode.l10n.t('Change Adapter');
    return { title, command: 'workbench.action.openSettings', arguments: [{ query: '@id:vitrine.adapter' }] };
  }
  const [room] = code === 'space.disk' ? ['cache'] : code.split('.');
  switch (room) {
    case 'editor':
      return { title: vscode.l10n.t('Open File…'), command: 'workbench.action.files.openFile' };
    case 'engine':
      return { title: vscode.l10n.t('Restart Engine'), command: 'vitrine.restartEngine' };
    case 'cache':
      return { title: vscode.l10n.t('Clear Compiled Models'), command: 'vitrine.clearCompiledModels' };
    case 'comparison':
      return compareWith();
    case 'hub':
      return { title: vscode.l10n.t('Get a Model…'), command: 'vitrine.getModel' };
    case 'provider':
      return { title: vscode.l10n.t('Choose Execution Provider…'), command: 'vitrine.chooseProvider' };
    case 'server':
      return serverAction(code, isOfCompared);
    case 'capability':
      return isOfCompared ? compareWith() : useLocalModel();
    case 'undertrained':
      return code === 'undertrained.tokenizer' ? chooseTokenizer() : chooseModel();
    case 'chat':
      return code === 'chat.noTemplate' ? chooseModel() : aboutChats();
    case 'gguf':
    case 'model':
    case 'catalogue':
    case 'space':
      if (isOfCompared) return compareWith();
      return chooseModel();
    default:
      return showLog();
  }
}

const chooseModel = (): ErrorAction => ({ title: vscode.l10n.t('Choose Model…'), command: 'vitrine.chooseModel' });

const chooseTokenizer = (): ErrorAction => ({
  title: vscode.l10n.t('Choose Tokenizer…'),
  command: 'vitrine.chooseTokenizer',
});

const aboutChats = (): ErrorAction => page(vscode.l10n.t('About Chats'), 'editor.md');

export function changeFolder(): ErrorAction {
  return openMachineSetting(vscode.l10n.t('Change Cache Folder'), 'cacheFolder');
}

/** Of what cannot be opened or had because of its kind: which kinds there are fills a page. */
const KIND_ERRORS = new Set([
  'gguf.bigEndian',
  'gguf.notGguf',
  'gguf.version',
  'model.architecture',
  'model.tensor',
  'model.unsupported',
  'provider.missing',
  'tokenizer.model',
  'tokenizer.pre',
]);

/** Of servers that are started in another way than Vitrine needs, or are of another kind. */
const SERVE_ERRORS = new Set(['server.failed', 'server.nonsense', 'server.outputOnly', 'server.refused']);

export function explanationFor(code: string): ErrorAction[] {
  const { t } = vscode.l10n;
  if (KIND_ERRORS.has(code)) return [page(t('What Works'), 'models.md')];
  if (SERVE_ERRORS.has(code)) return [page(t('How to Serve'), 'serve.md')];
  return [];
}

function page(title: string, file: string): ErrorAction {
  return { title, command: 'vitrine.openDocumentation', arguments: [file] };
}
