import * as vscode from 'vscode';
import { parseScope } from '../../workspace/changes/changed-files';
import { Git } from '../../workspace/changes/git';
import type { Decorations } from '../decorations/decorations';
import { Overlays } from '../decorations/overlays';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { onSettingsChange } from '../settings';
import { TextContext } from '../text-context';
import { ChangeHover } from './change-hover';
import { ChangeLenses } from './change-lenses';
import { ChangeProblems } from './change-problems';
import { ChangesView } from './changes-view';
import { chooseRange } from './choose-range';
import { chooseRepository, gitApi } from './git-extension';
import { ReviewOverlay } from './review-overlay';
import { Reviewer, type ScopeOf } from './reviewer';

/** What the model makes of changes: their list, and what stands at them in the editor. */
export function registerReview(
  context: vscode.ExtensionContext,
  services: Services,
  decorations: Decorations,
): vscode.Disposable {
  const reviewer = new Reviewer(context, services);
  const current = () => reviewer.current;
  const overlays = new Overlays();
  overlays.add(new ReviewOverlay(() => reviewer.coloured));
  const lenses = new ChangeLenses(current, reviewer.onDidChange);
  const schemes = [{ scheme: 'file' }, { scheme: 'git' }];
  return vscode.Disposable.from(
    reviewer,
    overlays,
    reviewer.onDidChange(() => overlays.redraw()),
    vscode.workspace.onDidChangeTextDocument(({ document }) => overlays.redraw(document.uri.toString())),
    onSettingsChange(['colourFrom'], () => overlays.redraw()),
    new TextContext(
      'vitrine.reviewColours',
      (text) => reviewer.coloured?.sideOf(text) !== undefined,
      services.activeText,
      reviewer.onDidChange,
    ),
    decorations.onDidClear(() => hideColours(reviewer)),
    vscode.languages.registerHoverProvider(schemes, new ChangeHover(current)),
    vscode.languages.registerCodeLensProvider(schemes, lenses),
    new ChangeProblems(current, reviewer.onDidChange),
    new ChangesView(reviewer),
    registerCommand('vitrine.reviewChanges', () => reviewChanges(reviewer)),
    registerCommand('vitrine.hideReviewColours', () => hideColours(reviewer)),
    registerCommand('vitrine.stopReview', () => reviewer.stop()),
    registerCommand('vitrine.reviewAgain', async () => {
      if (!(await reviewer.readAgain())) await reviewChanges(reviewer);
    }),
    registerCommand('vitrine.closeReview', () => reviewer.clear()),
  );
}

/** Until a hunk is opened again. */
function hideColours(reviewer: Reviewer): void {
  reviewer.isColoured = false;
}

async function reviewChanges(reviewer: Reviewer): Promise<void> {
  const api = await gitApi();
  const repository = await chooseRepository(api);
  if (!repository) return;
  const scopeOf = await chooseScope(await Git.open(repository.rootUri.fsPath, api.git.path));
  if (scopeOf) await reviewer.read(api, repository, scopeOf);
}

async function chooseScope(git: Git): Promise<ScopeOf | undefined> {
  const { t } = vscode.l10n;
  const items: (vscode.QuickPickItem & { scopeOf(): Promise<ScopeOf | undefined> })[] = [
    {
      label: t('What is not committed'),
      detail: t('All changes since the last commit, with new files'),
      scopeOf: async () => async () => ({ kind: 'uncommitted' }),
    },
    {
      label: t('What is staged'),
      detail: t('What the next commit would have'),
      scopeOf: async () => async () => ({ kind: 'staged' }),
    },
    {
      label: t('Between two commits…'),
      detail: t('Commits, branches or tags, such as main...HEAD'),
      scopeOf: async () => {
        const range = await chooseRange(git);
        // Read again, it is of what the names stand for then.
        return range === undefined ? undefined : (git) => parseScope(git, range);
      },
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: t('Which changes?') });
  return chosen?.scopeOf();
}
