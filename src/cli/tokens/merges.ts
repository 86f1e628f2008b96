import { type Derivation, isMerge, printable, type Tokenizer } from '../../tokenizer';
import { UsageError } from '../usage-error';
import type { TokenizedText } from './tokenized-text';

/** How merges built the token at a place of the text, as a tree; a merge has its rank. @throws UsageError where no token is there */
export function mergeLines({ vocabulary, count, tokenAt }: TokenizedText, place: number): string[] {
  const token = tokenAt(place);
  if (!token) throw new UsageError(`There is no token ${place}: the text has ${count}, counted from 0.`);
  const { tokenizer, name } = vocabulary;
  const tree = tokenizer.derivation(token.id);
  const title = `${name}, token ${place}: ${printable(tokenizer.tokenBytes(token.id))}, id ${token.id}`;
  if (!tree || !isMerge(tree)) return [title, 'No merges built it: it is in the vocabulary as it stands.'];
  return [title, ...treeLines(tree, tokenizer)];
}

function treeLines(node: Derivation, tokenizer: Tokenizer): string[] {
  const label = printable(tokenizer.tokenBytes(node.id));
  if (!isMerge(node)) return [label];
  return [
    `${label}  merge ${node.rank}`,
    ...indented(treeLines(node.left, tokenizer), '├─ ', '│  '),
    ...indented(treeLines(node.right, tokenizer), '└─ ', '   '),
  ];
}

function indented([first = '', ...rest]: string[], firstIndent: string, restIndent: string): string[] {
  return [firstIndent + first, ...rest.map((line) => restIndent + line)];
}
