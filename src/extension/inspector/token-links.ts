import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Capabilities } from '../../shared/capabilities';
import { VIEWS, type ViewName } from '../../shared/inspector-api';
import type { Span } from '../../shared/tokens';
import type { Inspector } from './inspector';
import { Target } from './target';
import { numberIn } from './view-request';

/** The command of the links; it is in no palette, because it needs to be told which token. */
const INSPECT_TOKEN = 'vitrine.inspectToken';

/** Answers where the text is: what it is painted by. */
const WHY = 'vitrine.whyThisToken';

const link = v.object({
  view: v.picklist(VIEWS),
  uri: v.string(),
  start: v.number(),
  /** Of Anatomy. */
  section: v.optional(v.string()),
  /** In the view. */
  place: v.optional(v.string()),
});

/**
 * Links from a hover card to the views that show more of a token.
 *
 * @param shown whether it belongs to a number, whether two models are compared there, and what the model in use can give
 * @param before what stands before them in their line, as Markdown
 */
export function tokenLinks(
  { uri }: vscode.TextDocument,
  { start }: Span,
  { isNumber, isCompared, gives }: { isNumber: boolean; isCompared: boolean; gives: Capabilities },
  before: readonly string[],
): vscode.MarkdownString {
  const to = (view: ViewName) =>
    linkTo(INSPECT_TOKEN, { view, uri: uri.toString(), start } satisfies v.InferInput<typeof link>);
  const parts = [
    ...before,
    `[${vscode.l10n.t('Tokens')}](${to('tokens')})`,
    `[${vscode.l10n.t('Probabilities')}](${to('probabilities')})`,
    ...(gives.hasAttention ? [`[${vscode.l10n.t('Attention')}](${to('attention')})`] : []),
    ...(gives.hasResidualStream ? [`[${vscode.l10n.t('Why')}](${linkTo(WHY, { uri: uri.toString(), start })})`] : []),
    ...(isCompared ? [`[${vscode.l10n.t('Models')}](${to('difference')})`] : []),
    ...(isNumber ? [`[${vscode.l10n.t('Numbers')}](${to('numbers')})`] : []),
  ];
  const markdown = new vscode.MarkdownString(parts.join(' · '));
  markdown.isTrusted = { enabledCommands: [INSPECT_TOKEN, WHY] };
  return markdown;
}

function linkTo(command: string, given: object): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([given]))}`;
}

/** Follows a link: the token is selected in what is inspected, or its text is inspected first. */
export async function inspectToken(inspector: Inspector, given: unknown, open: () => void) {
  const { inspection, link: editorLink } = inspector;
  const { view, uri, start, section, place } = v.parse(link, given);
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  if (!editor) return;
  const { document } = editor;
  const at = document.positionAt(start);
  const number = view === 'numbers' ? numberIn(document, new vscode.Range(at, at.translate(0, 1))) : undefined;
  inspector.show(view, {
    ...(number !== undefined && { number }),
    ...(section !== undefined && { section }),
    ...(place !== undefined && { place }),
  });
  open();
  if (view === 'numbers') return;
  const token = inspection.target?.document === document ? editorLink.tokenAt(start) : undefined;
  if (token !== undefined) editorLink.select({ token });
  else await inspection.inspect(Target.with(editor, start), start);
}
