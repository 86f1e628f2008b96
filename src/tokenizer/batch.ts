/** Tokens between two pauses: about a millisecond. */
export const BATCH = 4096;
