import { safeText } from '../../display/glyphs';
import { formatCount } from '../../display/numbers';
import { render } from '../../display/sentences';
import { objectionTo } from '../../engine/providers/choose';
import { type NamedProvider, packagedProviders } from '../../engine/providers/packaged';
import type { Remembered } from '../../engine/providers/remembered';
import { type CpuOperators, describeOperators } from '../../engine/providers/trial';
import { PROVIDERS } from '../../shared/request-fields';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import { wrapText } from '../terminal/width';

/** What is known of a provider on this machine. */
interface Device {
  provider: NamedProvider;
  works: boolean;
  chosen: boolean;
  tokensPerSecond?: number;
  difference?: number;
  cpuOperators?: CpuOperators;
  /** A clause: why it is chosen, or is not. */
  reason: string;
}

export interface DeviceReport {
  model: string;
  devices: Device[];
}

export function deviceReport(model: string, { trials, choice }: Remembered): DeviceReport {
  const named = PROVIDERS.filter((provider) => provider !== 'auto');
  const cpu = trials.find((trial) => trial.provider === 'cpu');
  return { model, devices: named.map(deviceOf) };

  function deviceOf(provider: NamedProvider): Device {
    const trial = trials.find((one) => one.provider === provider);
    const chosen = provider === choice.provider;
    if (!trial?.works) return { provider, works: false, chosen, reason: trial?.reason ?? notPackaged() };
    const objection = cpu?.works && provider !== 'cpu' ? objectionTo(trial, cpu) : undefined;
    const reason = chosen ? render(choice.reason) : (objection ?? `${choice.provider} is faster`);
    return { ...trial, chosen, reason };
  }
}

const notPackaged = () =>
  `the runtime's package for ${process.platform}-${process.arch} has ${packagedProviders().join(', ')} only`;

/** A table, then a sentence for each provider. */
export function deviceLines({ model, devices }: DeviceReport, { width }: Screen): string[] {
  const table = gridRows([
    { header: 'provider', align: 'start', cells: devices.map(({ provider }) => provider) },
    { header: 'works here', align: 'start', cells: devices.map(({ works }) => (works ? 'yes' : 'no')) },
    {
      header: 'tokens/s',
      align: 'end',
      cells: devices.map(({ tokensPerSecond }) => orDash(tokensPerSecond, formatCount)),
    },
    {
      header: 'logprobs differ by',
      align: 'end',
      cells: devices.map(({ difference }) => orDash(difference, formatDifference)),
    },
    { header: 'used by auto', align: 'start', cells: devices.map(({ chosen }) => (chosen ? 'yes' : 'no')) },
  ]);
  const sentences = devices.flatMap((device) => wrapText(safeText(sentenceOf(device)), width));
  return [safeText(model), '', ...table.map((row) => row.trimEnd()), '', ...sentences];
}

export function deviceJson({ model, devices }: DeviceReport): object {
  const chosen = devices.find((device) => device.chosen);
  return { model, chosen: chosen?.provider, reason: chosen?.reason, providers: devices.map(providerJson) };
}

function providerJson({ provider, works, chosen, tokensPerSecond, difference, cpuOperators, reason }: Device): object {
  return {
    provider,
    works,
    chosen,
    tokensPerSecond: tokensPerSecond ?? null,
    difference: difference ?? null,
    cpuOperators: cpuOperators ?? null,
    reason,
  };
}

function sentenceOf({ provider, chosen, reason, cpuOperators = [] }: Device): string {
  const operators = cpuOperators.length > 0 ? ` On the CPU stay ${describeOperators(cpuOperators)}.` : '';
  return `${provider} ${chosen ? 'is used' : 'is not used'}: ${reason}.${operators}`;
}

const formatDifference = (difference: number) => (difference === 0 ? '0' : difference.toExponential(1));
const orDash = (value: number | undefined, format: (value: number) => string) =>
  value === undefined ? '–' : format(value);
