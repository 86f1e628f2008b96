import { readFileSync } from 'node:fs';
import { Workbench } from '../../test/workbench/harness/workbench';
import { SETTINGS, type TypingComparison, typeIn } from '../editor/typing';

/** Files of code that take longer to read than one types. */
const COPIES = 30;

/** Types in a file of code without a scan of the workspace and with one, in one workbench. */
export async function measureTypingWhileScanning(): Promise<TypingComparison> {
  const code = readFileSync('src/engine/engine.ts', 'utf8');
  const copies = Array.from({ length: COPIES }, (_, i) => [`src/copy${i}.ts`, `// ${i} ${Date.now()}\n${code}`]);
  const files = { 'one.ts': code, 'two.ts': code, ...Object.fromEntries(copies) };
  const workbench = await Workbench.open({ files, settings: SETTINGS });
  try {
    const without = await typeIn(workbench, 'one.ts', [100, 1]);
    await workbench.run('File: Revert File');
    await workbench.run('Vitrine: Scan the Workspace');
    const item = workbench.page.locator('.statusbar-item', { hasText: /Scan: \d+ of/ });
    await item.waitFor();
    const scan = await typeIn(workbench, 'two.ts', [100, 1]);
    // It has not ended meanwhile.
    await item.waitFor();
    return { without, with: scan };
  } finally {
    await workbench.close();
  }
}
