import * as vscode from 'vscode';
import type { Conversation } from '../../shared/chat';

/** What can be done with a conversation, as lenses say it. @param isOfPair whether it has to be said which answer is meant */
export function actionsOn({ answer }: Conversation, isOfPair: boolean): vscode.Command[] {
  const { t } = vscode.l10n;
  const [show, inspect] = ['vitrine.showRenderedChat', 'vitrine.inspectConversation'] as const;
  const tooltip = t('Show as the Model Reads It');
  if (!isOfPair) {
    return [
      { title: tooltip, command: show },
      { title: t('Inspect'), command: inspect },
    ];
  }
  if (answer === 'chosen') {
    return [
      { title: t('Show Chosen'), command: show, tooltip },
      { title: t('Inspect Chosen'), command: inspect },
    ];
  }
  return [
    { title: t('Show Rejected'), command: show, tooltip },
    { title: t('Inspect Rejected'), command: inspect },
  ];
}
