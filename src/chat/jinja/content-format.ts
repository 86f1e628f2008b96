import type { Node } from './nodes';

/**
 * Whether a template goes over the parts of a message's content, which then is a list to it, or takes it for a text. Told as
 * vLLM tells it: by a loop over `content`.
 */
export function takesContentParts(nodes: readonly Node[]): boolean {
  const names = new Set(['content']);
  return [...within(nodes)].some((node) => {
    if (node.type === 'Set' && node.value && isContent(node.value, names) && node.assignee.type === 'Identifier') {
      names.add(node.assignee.value);
    }
    if (node.type !== 'For') return false;
    const { iterable } = node;
    return isContent(iterable.type === 'SelectExpression' ? iterable.lhs : iterable, names);
  });
}

function isContent(node: Node, names: ReadonlySet<string>): boolean {
  if (node.type === 'Identifier') return names.has(node.value);
  if (node.type !== 'MemberExpression') return false;
  const { property } = node;
  return (property.type === 'Identifier' || property.type === 'StringLiteral') && property.value === 'content';
}

/** Every node of a tree, in order. */
function* within(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* within(item);
  } else if (value instanceof Map) {
    for (const pair of value) yield* within(pair);
  } else if (typeof value === 'object' && value !== null && 'type' in value) {
    yield value as Node;
    for (const part of Object.values(value)) yield* within(part);
  }
}
