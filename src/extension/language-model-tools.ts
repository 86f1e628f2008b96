import * as v from 'valibot';
import * as vscode from 'vscode';
import { safeText } from '../display/glyphs';
import { formatCount } from '../display/numbers';
import { VitrineError } from '../shared/errors';
import { round, strongestOf } from './api/strongest';
import type { VitrineApi } from './api/vitrine';
import type { ServerInUse } from './status/server-in-use';

/**
 * The tools that a chat's language model may call. Some editors built on VS Code have none.
 *
 * @param server to which texts go that are read, where a person has chosen one: then that person is asked each time
 */
export function registerLanguageModelTools(api: VitrineApi, server: ServerInUse): vscode.Disposable {
  const registerTool = vscode.lm?.registerTool;
  if (!registerTool) return new vscode.Disposable(() => {});
  return vscode.Disposable.from(
    registerTool('vitrine_tokenize', tokenizeTool(api)),
    registerTool('vitrine_surprisal', surprisalTool(api, server)),
    registerTool('vitrine_why', whyTool(api)),
  );
}

const tokenizeInput = v.object({ text: v.string(), tokenizer: v.optional(v.string(), 'model') });

/** Answers `{ count, tokens: [{ id, text }] }`. */
function tokenizeTool(api: VitrineApi): vscode.LanguageModelTool<unknown> {
  return tool(tokenizeInput, vscode.l10n.t('Cutting the text into tokens'), async ({ text, tokenizer }) => {
    const tokens = await api.tokenize(text, tokenizer);
    return { count: tokens.length, tokens: tokens.map(({ id, text }) => ({ id, text })) };
  });
}

const surprisalInput = v.object({ text: v.string() });

/** Answers `{ totalBits, tokens: [{ text, bits, rank }] }`; ranks count from 1, as in all that people read; the first token has no numbers, and a token no rank where a server does not tell it. */
function surprisalTool(api: VitrineApi, server: ServerInUse): vscode.LanguageModelTool<unknown> {
  const doing = vscode.l10n.t('Letting a model read the text');
  const reading = tool(surprisalInput, doing, async ({ text }, cancellation) => {
    const tokens = (await api.probabilities(text, cancellation)).map(({ text, logprob, rank }) => {
      const bits = logprob === undefined ? null : round(-logprob / Math.LN2);
      return { text, bits, rank: rank === undefined ? null : rank + 1 };
    });
    return { totalBits: round(tokens.reduce((sum, { bits }) => sum + (bits ?? 0), 0)), tokens };
  });
  return {
    ...reading,
    prepareInvocation: ({ input }) => ({ invocationMessage: doing, ...confirmation(input, server) }),
  };
}

/** What a person is asked before a text that a chat has written goes to a server. */
function confirmation(
  input: unknown,
  server: ServerInUse,
): Pick<vscode.PreparedToolInvocation, 'confirmationMessages'> {
  const { success, output } = v.safeParse(surprisalInput, input);
  if (!success || !server.current) return {};
  const { t } = vscode.l10n;
  const title = t('Send a text to {0}?', safeText(server.current.host));
  const message = t('The model in use runs there: it is to read {0} characters.', formatCount(output.text.length));
  return { confirmationMessages: { title, message } };
}

const whyInput = v.object({
  text: v.string(),
  position: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  token: v.optional(v.string()),
  against: v.optional(v.string()),
});

/** Answers `{ token, against, position, logitDifference, terms, otherTerms, sources, otherSources, remainder }`, to hundredths. */
function whyTool(api: VitrineApi): vscode.LanguageModelTool<unknown> {
  const doing = vscode.l10n.t('Asking a model why it expects a token');
  return tool(whyInput, doing, async ({ text, ...question }, cancellation) =>
    strongestOf(await api.why(text, question, cancellation)),
  );
}

/**
 * A tool that answers in JSON.
 *
 * @param doing what a person reads while it works
 */
function tool<S extends v.GenericSchema>(
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
