export { readBeginning } from './beginning';
export { exportedState } from './exported-state';
export { GENERATOR, inspectorHtml, isInspectorPage, readPageParts } from './html';
export { createLenses } from './lenses';
export { inspectorPage } from './page';
export { type RecordSources, record } from './record/record';
export { createRuns, type EngineRuns, type RunsOptions } from './runs';
export { createVocabularies, type VocabulariesOptions } from './vocabularies';
