import * as vscode from 'vscode';
import type { HeadSummary } from '../../shared/engine-api';
import { HEAD_ROLES, type HeadRole, roleOf, roleShare } from '../../shared/head-roles';
import { formatBits, formatProbability } from '../../shared/numbers';
import { rolesByShare } from './head-lists';

const ICONS: Record<HeadRole, string> = {
  previous: 'arrow-left',
  self: 'target',
  induction: 'references',
  first: 'arrow-circle-left',
};

export function roleName(role: HeadRole): string {
  switch (role) {
    case 'previous':
      return vscode.l10n.t('previous token');
    case 'self':
      return vscode.l10n.t('itself');
    case 'induction':
      return vscode.l10n.t('after an earlier copy');
    case 'first':
      return vscode.l10n.t('first token');
  }
}

export function roleItem(role: HeadRole): vscode.TreeItem {
  const item = parentItem(`role ${role}`, vscode.l10n.t('Most on: {0}', roleName(role)), ICONS[role]);
  item.collapsibleState = vscode.TreeItemCollapsibleState[role === 'first' ? 'Collapsed' : 'Expanded'];
  return item;
}

export function layerItem(layer: number, heads: readonly HeadSummary[]): vscode.TreeItem {
  const item = parentItem(`layer ${layer}`, vscode.l10n.t('Layer {0}', layer), 'layers');
  const counts = HEAD_ROLES.filter((role) => role !== 'first').flatMap((role) => {
    const count = heads.filter((head) => roleOf(head) === role).length;
    return count > 0 ? [`${count} ${roleName(role)}`] : [];
  });
  item.description = counts.join(' · ');
  return item;
}

/** @param under what tells the item from others of the same head */
export function headItem(head: HeadSummary, under: string): vscode.TreeItem {
  const item = new vscode.TreeItem(`${head.layer}.${head.head}`);
  const shares = rolesByShare(head).map((role) => `${roleName(role)} ${formatProbability(roleShare(head, role))}`);
  const role = roleOf(head);
  item.id = `${under} head ${head.layer}.${head.head}`;
  item.description = shares.join(' · ');
  item.iconPath = new vscode.ThemeIcon(role ? ICONS[role] : 'circle-small');
  item.tooltip = [
    vscode.l10n.t('Layer {0}, head {1}. Mean share of its weight in this text:', head.layer, head.head),
    ...shares,
    vscode.l10n.t('entropy {0}', formatBits(head.entropy)),
  ].join('\n');
  return item;
}

function parentItem(id: string, label: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}
