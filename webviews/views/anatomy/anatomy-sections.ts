import { html, type TemplateResult } from 'lit';
import type { ModelAnatomy } from '../../../src/shared/anatomy-api';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import './cost/anatomy-cost';
import './parts/anatomy-parts';
import './precision/anatomy-precision';
import './training/anatomy-training';
import './vocabulary/anatomy-vocabulary';

interface AnatomySection {
  name: string;
  title(): string;
  /** One element, which may have tables. */
  render(store: ViewStore, anatomy: ModelAnatomy): TemplateResult;
}

/** What the view has, in the order of its names: each is a folder beside this file. */
export const ANATOMY_SECTIONS: readonly [AnatomySection, ...AnatomySection[]] = [
  {
    name: 'parts',
    title: () => t('Parts'),
    render: (store, anatomy) =>
      html`<vt-anatomy-parts class="section" .store=${store} .anatomy=${anatomy}></vt-anatomy-parts>`,
  },
  {
    name: 'cost',
    title: () => t('Cost'),
    render: (store, anatomy) =>
      html`<vt-anatomy-cost class="section" .store=${store} .anatomy=${anatomy}></vt-anatomy-cost>`,
  },
  {
    name: 'precision',
    title: () => t('Precision'),
    render: (store, anatomy) =>
      html`<vt-anatomy-precision class="section" .store=${store} .anatomy=${anatomy}></vt-anatomy-precision>`,
  },
  {
    name: 'training',
    title: () => t('Training'),
    render: (store, anatomy) =>
      html`<vt-anatomy-training class="section" .store=${store} .anatomy=${anatomy}></vt-anatomy-training>`,
  },
  {
    name: 'vocabulary',
    title: () => t('Vocabulary'),
    render: (store, anatomy) =>
      html`<vt-anatomy-vocabulary class="section" .store=${store} .anatomy=${anatomy}></vt-anatomy-vocabulary>`,
  },
];
