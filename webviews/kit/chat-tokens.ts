import type { SubjectChat, TraceTokens } from '../../src/shared/inspector-api';
import { partsOfTokens, scoredTokens } from '../../src/shared/rendered-tokens';

/** What a token is in a chat. */
export interface ChatToken {
  /** Of the message that it belongs to, counted from 0; both are undefined where the template adds it around all. */
  message: number | undefined;
  role: string | undefined;
  /** Whether the template has written it, or a person has. */
  kind: 'template' | 'content';
  /** Whether training counts it. */
  isScored: boolean;
  /** Whether no text is written with it: it marks where parts of a chat begin and end. */
  isControl: boolean;
}

/** One entry a token. @param read tokens with their places in the chat's text */
export function chatTokens(
  { parts, control }: SubjectChat,
  read: Omit<TraceTokens, 'trace'>,
): (ChatToken | undefined)[] {
  const scored = scoredTokens(parts, read);
  const controls = new Set(control);
  return partsOfTokens(parts, read).map(
    (part, position) =>
      part && {
        message: part.message,
        role: part.role,
        kind: part.kind,
        isScored: scored[position] === 1,
        isControl: controls.has(read.ids[position] as number),
      },
  );
}

/** Tokens of one message that stand together: [from, to). */
export interface MessageRun {
  from: number;
  to: number;
  role: string | undefined;
}

/** A chat as its messages, and what the template has around them. */
export function messageRuns(tokens: readonly { chat?: ChatToken | undefined }[], from = 0): MessageRun[] {
  const runs: MessageRun[] = [];
  for (let position = from; position < tokens.length; position++) {
    const { message, role } = tokens[position]?.chat ?? {};
    const last = runs.at(-1);
    if (last && tokens[last.from]?.chat?.message === message) last.to++;
    else runs.push({ from: position, to: position + 1, role });
  }
  return runs;
}
