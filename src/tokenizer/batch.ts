/** Tokens or merges between two pauses: a tenth of a millisecond, and some milliseconds the first time, before it is compiled. */
export const BATCH = 512;
