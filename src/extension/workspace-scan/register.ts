import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { ScanItem } from './scan-item';
import type { WorkspaceScans } from './workspace-scans';

/** The commands of the scan, and how far it is. */
export function registerWorkspaceScan({ scans }: Services): vscode.Disposable {
  return vscode.Disposable.from(
    new ScanItem(scans),
    registerCommand('vitrine.scanWorkspace', () => {
      refuseWithoutFolder(scans);
      return scans.start();
    }),
    registerCommand('vitrine.pauseScan', () => {
      refuseWithoutScan(scans);
      return scans.pause();
    }),
    registerCommand('vitrine.endScan', () => {
      refuseWithoutScan(scans);
      return scans.end();
    }),
  );
}

function refuseWithoutFolder({ folders }: WorkspaceScans): void {
  if (folders.length > 0) return;
  const text = vscode.l10n.t(
    'No folder of this machine is open in this window. Open the folder whose code is to be read.',
  );
  throw new VitrineError('scan.noFolder', text);
}

function refuseWithoutScan({ folders }: WorkspaceScans): void {
  if (folders.some(({ scanning }) => scanning.kind !== 'off')) return;
  throw new VitrineError('scan.off', vscode.l10n.t('The workspace is not being read. Scan the Workspace begins that.'));
}
