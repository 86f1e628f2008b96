import type { EngineEvents } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import type { InspectorEvents, Runs } from '../shared/inspector-api';
import { type ForViews, type NamesOf, namesForViews, type Task, type ViewAccess } from '../shared/request-table';
import { type EngineApi, requests } from '../shared/requests';

export interface RunsOptions {
  /** A number for a task that nobody else gives the engine. */
  newTask(): number;
  /** Told of a task under the view's number. */
  progress: InspectorEvents['progress'];
}

/** What views have the engine do, and where to tell what the engine reports of its tasks, whosever they are. */
export interface EngineRuns {
  runs: Runs;
  engineProgress: EngineEvents['progress'];
  /** Cancels what is under way: the page that waits for it is gone, and another begins its numbers anew. */
  cancelAll(): void;
}

/** Views number their tasks as they like; the engine, which has other callers, knows these by other numbers. */
export function createRuns(engine: EngineApi, { newTask, progress }: RunsOptions): EngineRuns {
  /** The engine's number for a view's. */
  const running = new Map<number, number>();

  const run = async <T>(task: number, work: (task: number) => Promise<T>): Promise<T> => {
    if (running.has(task)) {
      throw new VitrineError(
        'request.task',
        sentence`The task ${String(task)} is still at work. Give each its own number.`,
      );
    }
    const engineTask = newTask();
    running.set(task, engineTask);
    try {
      return await work(engineTask);
    } finally {
      if (running.get(task) === engineTask) running.delete(task);
    }
  };

  const runOf = (name: NamesOf<typeof requests, ForViews & Task>) => {
    const views: ViewAccess = requests[name].views;
    // The table of methods loses the connection between a method, its request and its answer.
    const ask = engine[name] as (request: object) => Promise<unknown>;
    const toView = (views.toView ?? ((answer) => answer)) as (answer: unknown) => unknown;
    return ({ task, ...request }: { task: number }) =>
      run(task, async (engineTask) => toView(await ask({ task: engineTask, ...request })));
  };
  const names = namesForViews(requests).filter((name) => 'isTask' in requests[name]);

  return {
    runs: {
      ...Object.fromEntries(names.map((name) => [name, runOf(name as Parameters<typeof runOf>[0])])),
      cancel: async ({ task }) => {
        const engineTask = running.get(task);
        if (engineTask !== undefined) await engine.cancel({ task: engineTask });
      },
    } as Runs,
    cancelAll: () => {
      for (const task of running.values()) void engine.cancel({ task }).catch(() => {});
      running.clear();
    },
    engineProgress: (report) => {
      for (const [task, engineTask] of running) if (engineTask === report.task) progress({ ...report, task });
    },
  };
}
