export { inspectorHtml } from './html/html';
export { isInspectorPage } from './html/is-page';
export { readPageParts } from './html/page-parts';
export { createLenses } from './lenses';
export { type RecordSources, record } from './record/record';
export { createRuns, type EngineRuns, type RunsOptions } from './runs';
export { createVocabularies, type VocabulariesOptions } from './vocabularies';
