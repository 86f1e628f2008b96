import * as vscode from 'vscode';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { LessonState } from '../../shared/lesson-api';
import { sentenceText } from '../error-text';
import { getSpanish, getSpanishLabel, lacksSpanish } from '../examples/offer-spanish';
import type { Services } from '../services';
import { spokenLanguage } from '../spoken-language';

/** What a person should know of the model before it is asked, and what the button does. */
export interface Notice extends NonNullable<LessonState['notice']> {
  /** @returns whether it is said no longer */
  accept(): Promise<boolean>;
}

/** Undefined where the model in use will do. */
export async function noticeOf({ host, server }: Services): Promise<Notice | undefined> {
  const { t } = vscode.l10n;
  if (server.current) {
    return {
      text: sentenceText(notOnServer(server.current.host)),
      button: t('Use the Model on This Machine'),
      async accept() {
        await vscode.commands.executeCommand('vitrine.useLocalModel');
        return server.current === undefined;
      },
    };
  }
  if (!spokenLanguage().startsWith('es') || !lacksSpanish(host)) return undefined;
  return {
    text: t(
      'The model in use was made for other languages and knows little Spanish. The sentences of this lesson are some that it gets right.',
    ),
    button: await getSpanishLabel(),
    accept: () => getSpanish(host),
  };
}

/** No text of the lesson goes to a server. @throws VitrineError `capability.absent` */
export function refuseServer({ server }: Pick<Services, 'server'>): void {
  if (server.current) throw new VitrineError('capability.absent', sentence`This takes the model on this machine.`);
}

const notOnServer = (host: string): Sentence =>
  sentence`The lesson looks inside of a model, and that on ${host} shows nothing of it. It is made for the model on this machine.`;
