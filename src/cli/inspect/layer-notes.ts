import { formatCount } from '../../display/numbers';
import type { LayerInfo } from '../../shared/engine-api';

/** What sets a layer's attention apart, in sentences; nothing of a layer that is like any other. */
export function layerSentences({ slidingWindow, hasSinks, hasPositions }: LayerInfo): string[] {
  return [
    ...(slidingWindow === undefined
      ? []
      : [`The layer is local: a query sees the last ${formatCount(slidingWindow)} keys, itself included.`]),
    ...(hasPositions ? [] : ['The layer is without positions: it does not see how far apart tokens are.']),
    ...(hasSinks ? ['The head has a sink of its own, which takes what is missing to 100.'] : []),
  ];
}

/** The same of all layers: which they are. */
export function layersSentences(layers: readonly LayerInfo[]): string[] {
  const windows = new Set(layers.flatMap(({ slidingWindow }) => slidingWindow ?? []));
  const local = [...windows].map((window) => {
    const those = numbersOf(layers, ({ slidingWindow }) => slidingWindow === window);
    return `Local layers, where a token sees the last ${formatCount(window)}: ${those}.`;
  });
  const unplaced = numbersOf(layers, ({ attention, hasPositions }) => attention && !hasPositions);
  const none = numbersOf(layers, ({ attention }) => !attention);
  return [
    ...local,
    ...(unplaced ? [`Layers without positions: ${unplaced}.`] : []),
    ...(none ? [`Layers without attention: ${none}.`] : []),
  ];
}

function numbersOf(layers: readonly LayerInfo[], isOne: (layer: LayerInfo) => boolean): string {
  return layers.flatMap((layer, number) => (isOne(layer) ? [number] : [])).join(' ');
}
