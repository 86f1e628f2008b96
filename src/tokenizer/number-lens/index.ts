export type { NumberToken } from './cut';
export type { Notation } from './notations';
export { numberReport } from './number-lens';
export { MAP_SIZE, type NumberMap, numberMap, numberMapSteps } from './number-map';
export type { Language, NumberReport, Operand, Sum } from './report';
export type { NumberRule } from './rule';
export { notReadSentence, sentencesOf, sumSentence } from './sentences';
export { layOutSum } from './sum';
