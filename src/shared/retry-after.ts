/** Milliseconds until a server wants to be asked again, which it tells in seconds or by a date; undefined where it does not. */
export function retryAfter({ headers }: Response): number | undefined {
  const said = headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds * 1000);
}
