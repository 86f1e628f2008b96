import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../workbench/harness/browser';
import { Stage } from './stage';

/*
 * What all files of tests share that one process runs, and what ends with it: to start a browser and an engine takes as
 * long as most tests.
 */

let browser: Promise<Browser> | undefined;
let stage: Promise<Stage> | undefined;

export function sharedBrowser(): Promise<Browser> {
  browser ??= launchBrowser();
  return browser;
}

/** With the model that comes with Vitrine. */
export function sharedStage(): Promise<Stage> {
  stage ??= sharedBrowser().then((browser) => Stage.open({ browser }));
  return stage;
}
