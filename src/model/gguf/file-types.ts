/**
 * What people call the ways in which llama.cpp quantises a file, by `general.file_type`: of the types that most matrices
 * have, with how many of them have more bits. Of floats, and of what is not quantised by one of these, the types say all.
 */
const NAMES: Readonly<Record<number, string>> = {
  2: 'Q4_0',
  3: 'Q4_1',
  7: 'Q8_0',
  8: 'Q5_0',
  9: 'Q5_1',
  10: 'Q2_K',
  11: 'Q3_K_S',
  12: 'Q3_K_M',
  13: 'Q3_K_L',
  14: 'Q4_K_S',
  15: 'Q4_K_M',
  16: 'Q5_K_S',
  17: 'Q5_K_M',
  18: 'Q6_K',
  19: 'IQ2_XXS',
  20: 'IQ2_XS',
  21: 'Q2_K_S',
  22: 'IQ3_XS',
  23: 'IQ3_XXS',
  24: 'IQ1_S',
  25: 'IQ4_NL',
  26: 'IQ3_S',
  27: 'IQ3_M',
  28: 'IQ2_S',
  29: 'IQ2_M',
  30: 'IQ4_XS',
  31: 'IQ1_M',
  36: 'TQ1_0',
  37: 'TQ2_0',
};

/** @param written the value of the key, whatever it is */
export function fileTypeName(written: unknown): string | undefined {
  return typeof written === 'number' ? NAMES[written] : undefined;
}
