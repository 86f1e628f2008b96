import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { isSupported } from './install';
import { Workbench, type WorkbenchOptions } from './workbench';

/** A suite of tests in a workbench of its own. Where one fails, a picture of the window is kept. */
export function describeInWorkbench(
  name: string,
  options: WorkbenchOptions,
  suite: (workbench: () => Workbench) => void,
): void {
  describe.skipIf(!isSupported)(name, () => {
    let workbench: Workbench | undefined;
    const opened = (): Workbench => {
      if (!workbench) throw new Error('the workbench is not open');
      return workbench;
    };
    beforeAll(async () => {
      workbench = await Workbench.open(options);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await workbench?.keepPicture(`failed: ${task.name}`.replace(/\W+/g, '-'));
    });
    afterAll(() => workbench?.close());
    suite(opened);
  });
}
