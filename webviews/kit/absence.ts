import { render } from '../../src/display/sentences';
import { absence, type Capability } from '../../src/shared/capabilities';
import type { ModelInfo } from '../../src/shared/engine-api';
import { t } from '../l10n';

/** What is said, greyed, in the place of what a model does not give; undefined where it gives it, and while no model is there. */
export function absenceText(model: ModelInfo | undefined, capability: Capability): string | undefined {
  if (!model || model.capabilities[capability]) return undefined;
  return render(absence(capability, model.name), t);
}
