export { createLenses } from './lenses';
export { createRuns, type EngineRuns, type RunsOptions } from './runs';
export { createVocabularies, MODEL_VOCABULARY, type VocabulariesOptions } from './vocabularies';
