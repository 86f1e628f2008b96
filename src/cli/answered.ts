import { createInterface } from 'node:readline/promises';

/** Whether the answer to a question is yes; undefined where nobody is there to give one. */
export async function answered(question: string, signal: AbortSignal): Promise<boolean | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return /^y(es)?$/i.test(await answerOf(question, signal));
}

/** A line of the terminal, which keeps its own keys: Ctrl-C ends the command, Ctrl-D is no answer. */
async function answerOf(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    return await new Promise((resolve) => {
      terminal.once('close', () => resolve(''));
      terminal.question(question, { signal }).then(resolve, () => resolve(''));
    });
  } finally {
    terminal.close();
  }
}
