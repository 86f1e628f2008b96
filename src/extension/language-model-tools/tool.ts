import * as v from 'valibot';
import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';

/**
 * A tool that answers in JSON.
 *
 * @param doing what a person reads while it works
 */
export function tool<S extends v.GenericSchema>(
  input: S,
  doing: string,
  answer: (input: v.InferOutput<S>, cancellation: vscode.CancellationToken) => Promise<unknown>,
): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: () => ({ invocationMessage: doing }),
    async invoke(options, cancellation) {
      const parsed = v.safeParse(input, options.input);
      if (!parsed.success) {
        const what = v.summarize(parsed.issues);
        throw new VitrineError('tool.input', vscode.l10n.t('The input of the tool is not valid: {0}', what));
      }
      const json = JSON.stringify(await answer(parsed.output, cancellation));
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(json)]);
    },
  };
}
