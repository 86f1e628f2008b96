import { installWorkbench, isSupported } from './harness/install';

/** Before the workbench's tests: fetches the workbench, once. */
export default function setup(): void {
  if (isSupported) installWorkbench();
  else console.error('The tests in a real workbench are skipped: its packages are for Linux on x64 only.');
}
