import type { Additions, ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { Subject } from '../../../../src/shared/inspector-api';
import { type Table, TOKEN_COLUMNS, tokenCells } from '../../../export/table';
import { t } from '../../../l10n';

export function tensorsTable({ tensors }: ModelAnatomy): Table {
  return {
    label: t('Tensors'),
    name: 'tensors',
    columns: ['name', 'part', 'layer', 'shape', 'type', 'bytes', 'elements'],
    rows: () =>
      tensors.map(({ name, part, layer, shape, type, bytes, elements }) => [
        name,
        part,
        layer,
        shape.join(' × '),
        type,
        bytes,
        elements,
      ]),
  };
}

/** A row a token and layer. */
export function additionsTable({ layers }: ModelAnatomy, subject: Subject, additions: Additions): Table {
  const { tokens, attention, mlp, stream } = additions;
  const lengths = (token: number, layer: number) => [
    ...[attention, mlp].map((norms) => norms[layer * tokens + token]),
    stream[(layer + 1) * tokens + token],
  ];
  return {
    label: t('What layers add'),
    name: 'additions',
    columns: [...TOKEN_COLUMNS, 'layer', 'attention', 'mlp', 'streamAfter'],
    rows: () =>
      Array.from({ length: tokens }, (_, token) =>
        layers.map((_layer, layer) => [...tokenCells(subject, token), layer, ...lengths(token, layer)]),
      ).flat(),
  };
}
