import { cancelled } from '../shared/errors';

/** What a promise gives, for whoever may stop waiting for it: it goes on by itself. @throws VitrineError `task.cancelled` */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let end = () => {};
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(cancelled());
    signal.addEventListener('abort', end, { once: true });
  });
  if (signal.aborted) end();
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
