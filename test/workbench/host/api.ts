import * as vscode from 'vscode';
import type { VitrineApi, VitrineSelection } from '../../../src/extension/api/vitrine';
import { messageOf, reporting } from './report';

const TEXT = 'The mouse ate the cheese.';
const NAMES = 'When John and Mary went to the shops, John gave the bag to';

export type ApiReport = Awaited<ReturnType<typeof report>>;

/** What another extension, and a chat, get for a text. */
async function report() {
  const api: VitrineApi | undefined = await vscode.extensions.getExtension<VitrineApi>('vitrine.vitrine')?.activate();
  if (!api) throw new Error('the extension is not there');
  const attention = await api.attention(TEXT, 5);
  return {
    version: api.version,
    tokens: await api.tokenize(TEXT),
    otherTokens: await api.tokenize('327', 'cl100k_base'),
    unknownTokenizer: await messageOf(api.tokenize(TEXT, 'nothing')),
    judged: await api.probabilities(TEXT),
    tooLong: await messageOf(api.probabilities('word '.repeat(20_000))),
    attention: { ...attention, weights: Array.from(attention.weights) },
    why: await api.why(NAMES),
    whyOfChosen: await api.why(NAMES, { position: 4, token: ' went', against: ' had' }),
    whyFirst: await messageOf(api.why(NAMES, { position: 0 })),
    selection: await selectedToken(api),
    tools: {
      tokenize: await callTool('vitrine_tokenize', { text: TEXT }),
      surprisal: await callTool('vitrine_surprisal', { text: TEXT }),
      why: await callTool('vitrine_why', { text: NAMES, against: ' John' }),
      badInput: await messageOf(callTool('vitrine_surprisal', {})),
    },
  };
}

export const run = reporting(report);

/** What is told when bands are on and the cursor comes to the third token. */
async function selectedToken(api: VitrineApi) {
  const document = await vscode.workspace.openTextDocument({ content: TEXT });
  const editor = await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('vitrine.toggleBands');
  const selected = new Promise<VitrineSelection>((resolve) => {
    api.onDidChangeSelection((selection) => selection.token.start > 0 && resolve(selection));
  });
  editor.selection = new vscode.Selection(0, 12, 0, 12);
  const { uri, token } = await selected;
  return { isOfDocument: uri.toString() === document.uri.toString(), token };
}

async function callTool(name: string, input: object): Promise<unknown> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = content;
  return part instanceof vscode.LanguageModelTextPart ? JSON.parse(part.value) : part;
}
