import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { type Sentence, sentence } from '../shared/errors';
import type { Troubles } from './found';

/** Longest text that is read as one JSON value, in UTF-16 units: no model's context holds a conversation of so many. */
const LONGEST = 16_000_000;

/** Deepest nesting: the parser calls itself once a level. */
const DEEPEST = 200;

/** Opening brackets `[` and `{` raise the depth, closing ones lower it, by jsonc-parser's `SyntaxKind`. */
const DEPTH_OF: Record<number, number> = { 1: 1, 2: -1, 3: 1, 4: -1 };
const END_OF_FILE = 17;

/** The tree of a JSON text; of one that is cut off or wrong in the middle, of what could be read. */
export interface JsonTree {
  /** Undefined where there is nothing, or more than is read. */
  root: Node | undefined;
  /** Where the text ends in the middle; undefined where it is whole. */
  cutAt: number | undefined;
}

const NO_TREE: JsonTree = { root: undefined, cutAt: undefined };

export function jsonTree(text: string, troubles: Troubles): JsonTree {
  if (text.length > LONGEST) {
    troubles.add(
      0,
      (line) =>
        sentence`Line ${line} has ${text.length} characters, and Vitrine reads at most ${LONGEST} as one conversation.`,
    );
    return NO_TREE;
  }
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== undefined) {
    troubles.add(
      tooDeep,
      (line) => sentence`Line ${line} is nested more than ${DEEPEST} levels deep, which no conversation is.`,
    );
    return NO_TREE;
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  const end = text.trimEnd().length;
  const cutAt = error && error.offset + error.length >= end ? end : undefined;
  if (error) troubles.add(error.offset, (line) => whatIsWrong(text, error, cutAt !== undefined, line));
  return { root, cutAt };
}

function whatIsWrong(text: string, { offset }: ParseError, isCutOff: boolean, line: string): Sentence {
  return isCutOff
    ? sentence`Line ${line}: the JSON ends in the middle. What stands before that is read.`
    : sentence`Line ${line} is no valid JSON from "${text.slice(offset, offset + 12)}" on. What can be made out is read.`;
}

/** Where a text is nested too deeply; without calling itself. */
function firstTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let kind: number = scanner.scan(); kind !== END_OF_FILE; kind = scanner.scan()) {
    depth += DEPTH_OF[kind] ?? 0;
    if (depth > DEEPEST) return scanner.getTokenOffset();
  }
  return undefined;
}
