/** The command that chooses the device which energy and time are said for, its software, and the batch. */
import { commands, type ExtensionContext, type QuickPickItem, QuickPickItemKind, RelativePattern, type TextEditor, Uri, window, workspace } from 'vscode';
import { devicesRequest, type DeviceSummary } from '../../shared/src/protocol';
import type { Server } from './client';

interface DevicePick extends QuickPickItem {
  readonly choice?: Choice;
  /** What it leads to in place of a device. */
  readonly action?: 'file' | 'measure';
}

interface Choice {
  readonly device: string;
  readonly stack: string;
}

interface BatchPick extends QuickPickItem {
  readonly batch: number | undefined;
}

/** Chosen in this workspace, newest first. */
const recentKey = 'joulelint.recentDevices';
const mostRecent = 5;
const mostOwn = 20;

export async function selectDevice(server: Server, editor: TextEditor | undefined, context: ExtensionContext): Promise<void> {
  const devices = await server.request(devicesRequest, { uri: editor?.document.uri.toString() ?? '' });
  if (devices === undefined || devices.length === 0) {
    void window.showInformationMessage('JouleLint: open a file with a model first.');
    return;
  }
  const configuration = workspace.getConfiguration('joulelint', editor?.document.uri);
  const current = configuration.get<string>('device') ?? '';
  const recent = context.workspaceState.get<readonly string[]>(recentKey) ?? [];
  const pick = await window.showQuickPick(picksOf({ devices, current, recent, own: await ownFiles() }), {
    title: 'Device for energy and time', placeHolder: 'Search by name or software', matchOnDescription: true, matchOnDetail: true,
  });
  if (pick?.action === 'measure') return measureOwn(context);
  const choice = pick?.action === 'file' ? await chosenFile() : pick?.choice;
  if (choice === undefined) return;
  const { device, stack } = choice;
  await configuration.update('device', device);
  await configuration.update('stack', stack === '' ? undefined : stack);
  if (device === '') return;
  await context.workspaceState.update(recentKey, [device, ...recent.filter(each => each !== device)].slice(0, mostRecent));
  await selectBatch(editor);
}

/** Device files of the workspace, by the paths that the setting takes. */
async function ownFiles(): Promise<readonly string[]> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) return [];
  const found = await workspace.findFiles(new RelativePattern(folder, '**/*.device.json'), '**/{node_modules,.venv,venv}/**', mostOwn);
  return found.map(uri => workspace.asRelativePath(uri, false)).sort();
}

async function chosenFile(): Promise<Choice | undefined> {
  const [uri] = await window.showOpenDialog({ title: 'Device file', openLabel: 'Use This Device', filters: { 'Device files': ['json'] } }) ?? [];
  if (!uri) return undefined;
  const path = workspace.asRelativePath(uri, false);
  return { device: path === uri.fsPath ? uri.toString() : path, stack: '' };
}

const template = `file,model,input,batch,milliseconds,watts
net.py,resnet50(),"1,3,224,224",1,12.5,6.1
`;

/** A table to fill in, and the page that says how. */
async function measureOwn({ extensionUri }: ExtensionContext): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ content: template }));
  await commands.executeCommand('markdown.showPreviewToSide', Uri.joinPath(extensionUri, 'media', 'measure-your-device.md'));
}

interface Choices {
  readonly devices: readonly DeviceSummary[];
  readonly current: string;
  readonly recent: readonly string[];
  readonly own: readonly string[];
}

function picksOf({ devices, current, recent, own }: Choices): readonly DevicePick[] {
  const usual = (device: DeviceSummary): DevicePick => ({
    label: `${device.id === current ? '$(check) ' : ''}${device.name}`, description: device.id, detail: device.standing, choice: { device: device.id, stack: '' },
  });
  const fileOf = (path: string): DevicePick => ({ label: `${path === current ? '$(check) ' : ''}${path.replace(/^.*\/|\.device\.json$/g, '')}`, description: path, detail: 'your own', choice: { device: path, stack: '' } });
  const lately = recent.flatMap((id): DevicePick[] => {
    const device = devices.find(each => each.id === id);
    return device ? [usual(device)] : /\.json$/i.test(id) ? [fileOf(id)] : [];
  });
  const withSoftware = devices.flatMap(device => device.stacks.map((each): DevicePick => ({
    label: device.name, description: each.stack, detail: each.software, choice: { device: device.id, stack: each.stack },
  })));
  return [
    ...(lately.length > 0 ? [{ label: 'Recent', kind: QuickPickItemKind.Separator }, ...lately] : []),
    { label: 'Your own', kind: QuickPickItemKind.Separator }, ...own.map(fileOf),
    { label: '$(folder-opened) Device file…', description: 'as joulelint calibrate writes one', action: 'file' },
    { label: '$(beaker) Measure your own…', description: 'a table to fill in, and how to', action: 'measure' },
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
