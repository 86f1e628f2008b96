import { html, type TemplateResult } from 'lit';
import type { Asked } from '../../../src/display/asked-place';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import './parts/why-parts';
import './patching/why-patching';
import './words/why-words';

interface Mode {
  name: string;
  title: () => string;
  /** @param isOpening whether nobody has chosen the place */
  render: (store: ViewStore, asked: Asked, isOpening: boolean) => TemplateResult;
}

/** Ways to answer the question. An element of a mode may have `tables()`, as a view has. */
export const MODES: readonly [Mode, ...Mode[]] = [
  {
    name: 'parts',
    title: () => t('Parts of the model'),
    render: (store, asked) => html`<vt-why-parts .store=${store} .asked=${asked}></vt-why-parts>`,
  },
  {
    name: 'words',
    title: () => t('Words of the text'),
    render: (store, asked, isOpening) =>
      html`<vt-why-words .store=${store} .asked=${asked} ?opening=${isOpening}></vt-why-words>`,
  },
  {
    name: 'patching',
    title: () => t('Patching'),
    render: (store, asked) => html`<vt-why-patching .store=${store} .asked=${asked}></vt-why-patching>`,
  },
];
