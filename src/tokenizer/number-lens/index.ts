export type { NumberToken } from './cut';
export type { Notation } from './notations';
export { type NumberReport, numberReport } from './number-lens';
export { MAP_SIZE, type NumberMap, numberMap, numberMapSteps } from './number-map';
export type { NumberRule } from './rule';
export { type Language, notReadSentence, sentencesOf, sumSentence } from './sentences';
export { layOutSum, type Operand, type Sum } from './sum';
