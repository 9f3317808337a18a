/** The command that chooses the device which energy and time are said for, its software, and the batch. */
import { type QuickPickItem, QuickPickItemKind, type TextEditor, window, workspace } from 'vscode';
import { devicesRequest, type DeviceSummary } from '../../shared/src/protocol';
import type { Server } from './client';

interface DevicePick extends QuickPickItem {
  readonly choice?: { readonly device: string; readonly stack: string };
}

interface BatchPick extends QuickPickItem {
  readonly batch: number | undefined;
}

/** Chosen in this window, newest first. */
const recent: string[] = [];

export async function selectDevice(server: Server, editor: TextEditor | undefined): Promise<void> {
  const devices = await server.request(devicesRequest, { uri: editor?.document.uri.toString() ?? '' });
  if (devices === undefined || devices.length === 0) {
    void window.showInformationMessage('JouleLint: open a file with a model first.');
    return;
  }
  const configuration = workspace.getConfiguration('joulelint', editor?.document.uri);
  const current = configuration.get<string>('device') ?? '';
  const pick = await window.showQuickPick(picksOf(devices, current), {
    title: 'Device for energy and time', placeHolder: 'Search by name or software', matchOnDescription: true, matchOnDetail: true,
  });
  if (pick?.choice === undefined) return;
  const { device, stack } = pick.choice;
  await configuration.update('device', device);
  await configuration.update('stack', stack === '' ? undefined : stack);
  if (device === '') return;
  if (!recent.includes(device)) recent.unshift(device);
  await selectBatch(editor);
}

function picksOf(devices: readonly DeviceSummary[], current: string): readonly DevicePick[] {
  const usual = (device: DeviceSummary): DevicePick => ({
    label: `${device.id === current ? '$(check) ' : ''}${device.name}`, description: device.id, detail: device.standing, choice: { device: device.id, stack: '' },
  });
  const lately = devices.filter(device => recent.includes(device.id));
  const withSoftware = devices.flatMap(device => device.stacks.map((each): DevicePick => ({
    label: device.name, description: each.stack, detail: each.software, choice: { device: device.id, stack: each.stack },
  })));
  return [
    ...(lately.length > 0 ? [{ label: 'Recent', kind: QuickPickItemKind.Separator }, ...lately.map(usual)] : []),
    { label: 'Devices, with what is usual on them', kind: QuickPickItemKind.Separator }, ...devices.map(usual),
    { label: 'With their software', kind: QuickPickItemKind.Separator }, ...withSoftware,
    { label: 'None', kind: QuickPickItemKind.Separator }, { label: 'No energy and time', choice: { device: '', stack: '' } },
  ];
}

async function selectBatch(editor: TextEditor | undefined): Promise<void> {
  const batches: readonly BatchPick[] = [
    { label: 'Usual on the device', description: '64 on a graphics card, 1 elsewhere', batch: undefined },
    ...[1, 4, 16, 64, 256, 1024].map((batch): BatchPick => ({ label: String(batch), batch })),
  ];
  const pick = await window.showQuickPick(batches, { title: 'Batch that figures are said for', placeHolder: 'Figures are those of one sample at that batch' });
  if (pick !== undefined) await workspace.getConfiguration('joulelint', editor?.document.uri).update('energyBatch', pick.batch);
}
