import * as vscode from 'vscode';
import { HEAD_ROLES, type HeadRole } from '../../display/head-roles';
import type { HeadSummary, LayerInfo } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import { headItem, layerItem, roleItem } from './head-items';
import { headsByLayer, strongestIn } from './head-lists';

export type HeadNode =
  | { kind: 'mean' }
  | { kind: 'role'; role: HeadRole; heads: HeadSummary[] }
  | { kind: 'layer'; layer: number; heads: HeadSummary[] }
  | { kind: 'head'; head: HeadSummary; role: HeadRole | undefined; parent: HeadNode };

/** The heads that do most of each thing, then all of them by layer. */
export class HeadTree implements vscode.TreeDataProvider<HeadNode> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  #heads: readonly HeadSummary[] = [];
  #infos: readonly LayerInfo[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param layers what each layer of the model is like */
  show(heads: readonly HeadSummary[], layers: readonly LayerInfo[]): void {
    if (heads === this.#heads) return;
    this.#heads = heads;
    this.#infos = layers;
    this.#changed.fire(undefined);
  }

  getChildren(node?: HeadNode): HeadNode[] {
    if (!node) return this.#heads.length > 0 ? [{ kind: 'mean' }, ...this.#roles(), ...this.#layers()] : [];
    switch (node.kind) {
      case 'role':
        return node.heads.map((head) => ({ kind: 'head', head, role: node.role, parent: node }));
      case 'layer':
        return node.heads.map((head) => ({ kind: 'head', head, role: undefined, parent: node }));
      case 'mean':
      case 'head':
        return [];
    }
  }

  getParent(node: HeadNode): HeadNode | undefined {
    return node.kind === 'head' ? node.parent : undefined;
  }

  /** The item of a head under its layer. */
  find({ layer, head }: HeadAddress): HeadNode | undefined {
    const parent = this.#layers()[layer];
    return parent && this.getChildren(parent)[head];
  }

  getTreeItem(node: HeadNode): vscode.TreeItem {
    switch (node.kind) {
      case 'mean': {
        const item = new vscode.TreeItem(vscode.l10n.t('All heads'));
        item.description = vscode.l10n.t('the mean of their attention');
        item.iconPath = new vscode.ThemeIcon('group-by-ref-type');
        return item;
      }
      case 'role':
        return roleItem(node.role);
      case 'layer':
        return layerItem(node.layer, node.heads, this.#infos[node.layer]);
      case 'head':
        return headItem(node.head, node.role);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #roles(): HeadNode[] {
    return HEAD_ROLES.flatMap((role) => {
      const heads = strongestIn(role, this.#heads);
      return heads.length > 0 ? [{ kind: 'role', role, heads }] : [];
    });
  }

  #layers(): HeadNode[] {
    return headsByLayer(this.#heads).map((heads, layer) => ({ kind: 'layer', layer, heads }));
  }
}
