import * as vscode from 'vscode';
import { HEAD_ROLES, type HeadRole, roleOf, roleShare } from '../../display/head-roles';
import { formatBits, formatCount, formatProbability } from '../../display/numbers';
import type { HeadSummary, LayerInfo } from '../../shared/engine-api';
import { rolesByShare } from './head-lists';

const ICONS: Record<HeadRole, string> = {
  previous: 'arrow-left',
  self: 'target',
  induction: 'references',
  first: 'arrow-circle-left',
};

/** What a head looks at, in the words of the inspector. */
function roleName(role: HeadRole): string {
  switch (role) {
    case 'previous':
      return vscode.l10n.t('previous token');
    case 'self':
      return vscode.l10n.t('the token itself');
    case 'induction':
      return vscode.l10n.t('after an earlier copy');
    case 'first':
      return vscode.l10n.t('first token');
  }
}

/** What a share is a part of, where that is not the weight of all tokens. */
function noteOf(role: HeadRole): string {
  return role === 'induction' ? ` ${vscode.l10n.t('of the weight of tokens that have an earlier copy')}` : '';
}

/** The heads that do most of one thing. */
export function roleItem(role: HeadRole): vscode.TreeItem {
  const item = parentItem(`role ${role}`, capitalised(roleName(role)), ICONS[role]);
  // Most heads rest on the first token: that is no news.
  item.collapsibleState = vscode.TreeItemCollapsibleState[role === 'first' ? 'Collapsed' : 'Expanded'];
  return item;
}

export function layerItem(layer: number, heads: readonly HeadSummary[], info: LayerInfo | undefined): vscode.TreeItem {
  const item = parentItem(`layer ${layer}`, vscode.l10n.t('Layer {0}', layer), 'layers');
  if (info && !info.attention) {
    item.description = vscode.l10n.t('no attention matrix');
    item.collapsibleState = vscode.TreeItemCollapsibleState.None;
    return item;
  }
  const counts = HEAD_ROLES.filter((role) => role !== 'first').flatMap((role) => {
    const count = heads.filter((head) => roleOf(head) === role).length;
    return count > 0 ? [`${roleName(role)}: ${count}`] : [];
  });
  item.description = [...(info ? notesOf(info) : []), ...counts].join(' · ');
  return item;
}

/** What sets a layer apart, in the words of the inspector. */
function notesOf({ attention, slidingWindow, hasPositions, hasSinks }: LayerInfo): string[] {
  if (!attention) return [vscode.l10n.t('no attention matrix')];
  return [
    ...(slidingWindow === undefined
      ? []
      : [vscode.l10n.t('local: a token sees the last {0}', formatCount(slidingWindow))]),
    ...(hasPositions ? [] : [vscode.l10n.t('without positions')]),
    ...(hasSinks ? [vscode.l10n.t('each head with a sink of its own')] : []),
  ];
}

/** @param role under which it is listed; undefined where it is under its layer, with what it does most first */
export function headItem(head: HeadSummary, role: HeadRole | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(`${head.layer}.${head.head}`);
  const share = (one: HeadRole) => formatProbability(roleShare(head, one));
  const roles = rolesByShare(head);
  const shown = role ? [role, ...roles.filter((other) => other !== role)] : roles;
  const clear = roleOf(head);
  item.id = `${role ?? 'layer'} head ${head.layer}.${head.head}`;
  item.description = shown.map((one) => `${roleName(one)} ${share(one)}`).join(' · ');
  item.iconPath = new vscode.ThemeIcon(clear ? ICONS[clear] : 'circle-small');
  item.tooltip = [
    vscode.l10n.t('Layer {0}, head {1}. Mean share of its weight in this text:', head.layer, head.head),
    ...roles.map((one) => `${capitalised(roleName(one))}: ${share(one)}${noteOf(one)}`),
    ...(head.sink === undefined
      ? []
      : [`${capitalised(vscode.l10n.t('its own sink'))}: ${formatProbability(head.sink)}`]),
    capitalised(vscode.l10n.t('entropy {0}', formatBits(head.entropy))),
  ].join('\n');
  return item;
}

/** As a label of its own. */
function capitalised(name: string): string {
  return `${name.charAt(0).toLocaleUpperCase()}${name.slice(1)}`;
}

function parentItem(id: string, label: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}
