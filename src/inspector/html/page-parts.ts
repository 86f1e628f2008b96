import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the inspector's page is made of, as it is built. */
export interface PageParts {
  script: string;
  styles: string;
}

/** @param folder of the webviews' bundle */
export async function readPageParts(folder: string): Promise<PageParts> {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const [script, ...styles] = await Promise.all(['inspector.js', 'page.css', 'standalone.css'].map(read));
  return { script: withoutMap(script ?? ''), styles: styles.map(withoutMap).join('\n') };
}

/** A file that stands alone has no map of sources beside it. */
const withoutMap = (source: string) => source.replace(/\s*(\/\/|\/\*)# sourceMappingURL=.*$/, '');
