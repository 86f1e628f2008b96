import { html, nothing, type TemplateResult } from 'lit';
import { type ColourScale, cssColour } from '../../../src/display/colour-scale';
import { visibleText } from '../../../src/display/glyphs';
import { formatCount, formatLogprob } from '../../../src/display/numbers';
import { styled } from '../../kit/styled';
import { t } from '../../l10n';
import { columnName, layerName } from './layer-name';
import { ROW_HEIGHT } from './lens-grid-styles';
import type { LensCell, LensRow } from './lens-row';

export interface LensGridRow {
  /** From 0, among all rows. */
  index: number;
  position: number;
  /** Undefined until the engine has answered. */
  row: LensRow | undefined;
  /** The token, and the one that in truth comes next. */
  label: string;
  next: string | undefined;
  showsNext: boolean;
  columns: readonly number[];
  chosen: number;
  last: number;
  isSelected: boolean;
  /** The layer of the cell that the Tab key comes to, in this row. */
  stop: number | undefined;
  tint: ColourScale;
  labelOf: (id: number) => string;
  textOf: (id: number) => string | undefined;
}

export function lensGridRow(given: LensGridRow): TemplateResult {
  const { index, position, row, label, next, showsNext, columns, isSelected } = given;
  return html`<div
    role="row"
    data-row=${position}
    aria-rowindex=${index + 2}
    aria-selected=${isSelected}
    ${styled({ top: `${index * ROW_HEIGHT}px` })}
  >
    <span role="rowheader" class="token" title=${label}><bdi>${label}</bdi></span>
    ${columns.map((layer) => lensGridCell(given, layer, row?.cells[layer]))}
    ${showsNext ? html`<span role="gridcell" class="next"><bdi>${next ?? t('the end')}</bdi> ${settledText(row, given.last)}</span>` : nothing}
  </div>`;
}

function lensGridCell(given: LensGridRow, layer: number, cell: LensCell | undefined): TemplateResult {
  const { position, columns, row, chosen, isSelected, stop, tint } = given;
  const best = cell?.top[0];
  // Where that layer has no column, the next one that has.
  const isSettling = row?.settled !== undefined && columns.find((column) => column >= (row.settled ?? 0)) === layer;
  const classes = [
    'cell',
    layer === chosen ? 'chosen' : '',
    layer === chosen && isSelected ? 'selected' : '',
    best ? '' : 'waiting',
  ];
  return html`<span
    role="gridcell"
    class=${classes.filter(Boolean).join(' ')}
    data-position=${position}
    data-layer=${layer}
    tabindex=${layer === stop ? 0 : -1}
    aria-label=${cell ? spokenCell(given, layer, cell) : nothing}
    ${styled({ 'background-color': best && cssColour(tint(Math.exp(best.logprob))) })}
    >${isSettling ? html`<i></i>` : nothing}${best ? quietSpaces(given, best.id) : '…'}</span
  >`;
}

/** A label whose spaces at the start are dim: at this size a space's glyph looks like a full stop. */
function quietSpaces({ labelOf, textOf }: LensGridRow, id: number): TemplateResult | string {
  const label = labelOf(id);
  const spaces = /^ */.exec(textOf(id) ?? '')?.[0].length ?? 0;
  if (spaces === 0 || !label.startsWith(visibleText(' '))) return label;
  return html`<span class="space">${label.slice(0, spaces)}</span>${label.slice(spaces)}`;
}

function spokenCell({ last, next, row, labelOf }: LensGridRow, layer: number, { top, nextRank }: LensCell): string {
  const best = top[0];
  const said = [layerName(layer, last), best ? `${labelOf(best.id)} ${formatLogprob(best.logprob)}` : ''];
  if (next !== undefined) said.push(t('{0} is rank {1}', next, formatCount(nextRank + 1)));
  if (row?.settled === layer) said.push(t('it stays first from here'));
  return said.join(', ');
}

function settledText(row: LensRow | undefined, last: number): TemplateResult | typeof nothing {
  if (row?.settled === undefined) return nothing;
  return html`<small class="number"><b>▎</b>${columnName(row.settled, last)}</small>`;
}
