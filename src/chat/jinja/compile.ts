import { parse, tokenize } from '@huggingface/jinja';
import { messageOf } from '../../shared/errors';
import type { Node } from './nodes';
import { normalise } from './scan';
import { TemplateError } from './template-error';

type Token = ReturnType<typeof tokenize>[number];

/** A filter that is a test: the parser has no tests with an argument. `!` stands before one that must fail. */
export const TEST_FILTER = 'is ';

/** The tree of a template. @throws TemplateError where it is not Jinja */
export function compile(template: string): Node[] {
  try {
    const program = parse(withTestsAsFilters(tokenize(normalise(template)))) as unknown as { body: Node[] };
    return program.body;
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    // The parser looks for the end of what was opened where there is nothing more.
    if (error instanceof TypeError)
      throw new TemplateError('ends before all that it opens is closed', { cause: error });
    throw new TemplateError(`is no Jinja that can be read: ${messageOf(error)}`, { cause: error });
  }
}

const WORDS = new Set(['and', 'or', 'else', 'if', 'is', 'in', 'not']);

const OPENS: Record<string, string> = {
  OpenParen: 'CloseParen',
  OpenSquareBracket: 'CloseSquareBracket',
  OpenCurlyBracket: 'CloseCurlyBracket',
};

/** `x is not in [1, 2]` as `x | "is !in"([1, 2])`. */
function withTestsAsFilters(tokens: Token[]): Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const isNegated = tokens[at + 1]?.value === 'not' && tokens[at + 1]?.type === 'Identifier';
    const name = tokens[at + (isNegated ? 2 : 1)];
    const first = at + (isNegated ? 3 : 2);
    const isTest = token.type === 'Identifier' && token.value === 'is' && name?.type === 'Identifier';
    const end = isTest ? argumentEnd(tokens, first) : first;
    if (!isTest || end === first) {
      out.push(token);
      continue;
    }
    const argument = withTestsAsFilters(tokens.slice(first, end));
    const isCall = tokens[first]?.type === 'OpenParen';
    out.push(made('|', 'Pipe'), made(`${TEST_FILTER}${isNegated ? '!' : ''}${name.value}`, 'Identifier'));
    out.push(...(isCall ? argument : [made('(', 'OpenParen'), ...argument, made(')', 'CloseParen')]));
    at = end - 1;
  }
  return out;
}

const made = (value: string, type: Token['type']) => ({ value, type }) as Token;

/** Where the operand of a test ends that begins at `start`; `start` where there is none. */
function argumentEnd(tokens: readonly Token[], start: number): number {
  const first = tokens[start];
  if (first === undefined) return start;
  const isValue =
    first.type in OPENS ||
    first.type === 'StringLiteral' ||
    first.type === 'NumericLiteral' ||
    (first.type === 'Identifier' && !WORDS.has(first.value));
  if (!isValue) return start;
  let end = first.type in OPENS ? groupEnd(tokens, start) : start + 1;
  if (first.type === 'OpenParen') return end;
  for (;;) {
    const next = tokens[end]?.type ?? '';
    if (next === 'Dot') end += 2;
    else if (next === 'OpenSquareBracket' || next === 'OpenParen') end = groupEnd(tokens, end);
    else return end;
  }
}

function groupEnd(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const { type } = tokens[at] as Token;
    if (type in OPENS) depth += 1;
    if (Object.values(OPENS).includes(type)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return tokens.length;
}
