import { DocumentText } from '../text/document-text';
import type { FunnelOptions } from './funnel-api';
import type { Rules } from './measure-documents';
import { readable } from './readable';

/** The filters of a preset, as they decide one after another. */
export async function makeRules(_options: FunnelOptions): Promise<Rules<DocumentText>> {
  return { filters: [readable], textOf: ({ text }) => new DocumentText(text) };
}
