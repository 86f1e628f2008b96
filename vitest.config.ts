import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const unit = 'test/unit/**/*.test.ts';
/** Those of the extension have modules of their own in the editor's place. */
const isolated = 'test/unit/extension/**';
const webviews = 'test/webviews/**/*.test.ts';
const workbench = 'test/workbench/**/*.test.ts';

/** Files of unit tests are short: last of all, they leave no worker alone at the end. */
class UnitTestsLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isUnit = ({ project }: TestSpecification) => project.name === 'unit';
    return [...sorted.filter((file) => !isUnit(file)), ...sorted.filter(isUnit)];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: UnitTestsLast },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [unit],
          exclude: [isolated, '**/node_modules/**'],
          // To start a process and to load the modules in it takes longer than most of these files.
          isolate: false,
          env: { ORT_DISABLE_TELEMETRY: '1' },
          globalSetup: ['test/build.ts'],
          expect: { poll: { timeout: 20_000 } },
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'vitrine',
          include: ['test/{golden,integration}/**/*.test.ts', `${isolated}/*.test.ts`],
          // The runtime reports its use to its maker unless this is set, also where a test makes a session of its own.
          env: { ORT_DISABLE_TELEMETRY: '1' },
          globalSetup: ['test/build.ts'],
          expect: { poll: { timeout: 20_000 } },
          // Two cores: more workers only make the engine's own threads wait for each other.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'webviews',
          include: [webviews],
          env: { ORT_DISABLE_TELEMETRY: '1' },
          globalSetup: ['test/build.ts', 'test/workbench/install.ts'],
          // The files of one worker share a browser and an engine (harness/shared.ts).
          isolate: false,
          // Before the workbench, which takes both cores.
          sequence: { groupOrder: 1 },
          expect: { poll: { timeout: 20_000 } },
          // A busy machine may keep a real browser waiting. Each test opens a page of its own, so a second try is the same test;
          // those of a workbench share a window, and what one has done before it failed would be done twice.
          retry: 1,
          // While the engine of one reads, the browser of another draws, and a third waits.
          maxWorkers: 3,
        },
      },
      {
        extends: true,
        test: {
          name: 'workbench',
          include: [workbench],
          globalSetup: ['test/build.ts', 'test/workbench/install.ts'],
          // After the other tests. A workbench waits much of the time: two share two cores, and a third only makes all slower.
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          expect: { poll: { timeout: 60_000 } },
          hookTimeout: 240_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
