import { RECORDING_ID } from '../recording/recording';
import { fromWire } from '../shared/wire';

/** The state in a page of `inspectorHtml`, as anybody may have changed it; typed arrays are left packed. Undefined where there is none. */
export function exportedState(html: string): unknown {
  const [, json] = html.split(`<script type="application/json" id="${RECORDING_ID}">`);
  try {
    return json && fromWire(JSON.parse(json.slice(0, json.indexOf('</script>'))).state);
  } catch {
    return undefined;
  }
}
