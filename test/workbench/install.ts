import { installWorkbench, isSupported } from './harness/install';

/** Before the tests in a browser: fetches it and the workbench, once. */
export default function setup(): void {
  if (isSupported) installWorkbench();
  else
    console.error(
      'The tests in a browser and in a real workbench are skipped: their packages are for Linux on x64 only.',
    );
}
