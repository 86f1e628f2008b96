/** What a benchmark prints beside a number: the aim, and whether the number meets it. */
export function verdict(met: boolean, aim: string): string {
  return `${aim}: ${met ? 'met' : 'missed'}`;
}
