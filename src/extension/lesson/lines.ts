/** The lines of a text that are texts themselves. */
export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
