import { createInterface } from 'node:readline/promises';
import { render } from '../../display/sentences';
import type { Consent } from '../../hub/plan';
import { VitrineError } from '../../shared/errors';
import { warn } from '../output';

/**
 * Tells what is to be fetched, and on which terms, and asks whether it may be.
 *
 * @throws VitrineError `hub.consent` where the answer is no, or nobody is there to give one
 */
export async function confirm({ question, details }: Consent, yes: boolean, signal: AbortSignal): Promise<void> {
  for (const sentence of [question, ...details]) warn(render(sentence));
  if (yes) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new VitrineError('hub.consent', 'Nothing was fetched: nobody can be asked here. Say --yes to get it.');
  }
  if (!/^y(es)?$/i.test(await answerOf('Get it? [y/N] ', signal))) {
    throw new VitrineError('hub.consent', 'Nothing was fetched.');
  }
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
