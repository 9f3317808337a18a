/** `.onnx` files as read-only text documents: a file system that asks the server for the text, and the ways by which a file gets opened so. */
import {
  commands, type CustomReadonlyEditorProvider, type Disposable, EventEmitter, type FileChangeEvent, FileChangeType, FilePermission, type FileStat, FileSystemError,
  type FileSystemProvider, FileType, RelativePattern, type Tab, TabInputCustom, TabInputText, type TextDocumentShowOptions, Uri, ViewColumn, type WebviewPanel, window, workspace,
} from 'vscode';
import { commandIds, onnxDocumentOf, onnxFileOf, onnxScheme, onnxTextRequest, openOnnxFilesNotification } from '../../shared/src/protocol';
import type { Server } from './client';

const viewType = 'joulelint.onnxText';
/** An exporter writes a large file in many steps; it is read once the steps pause. */
const settleMilliseconds = 250;

export function registerOnnxEditor(server: Server): Disposable[] {
  const files = new OnnxTextFiles(server);
  return [
    files,
    workspace.registerFileSystemProvider(onnxScheme, files, { isReadonly: true, isCaseSensitive: true }),
    window.registerCustomEditorProvider(viewType, new TextInstead()),
    commands.registerCommand(commandIds.openOnnxText, openCommand),
    ...followTabs(server),
  ];
}

/** The address under which a file's text is shown; any other address as it is. */
export function textFormOf(uri: Uri): Uri {
  return Uri.parse(onnxDocumentOf(uri.toString()));
}

/** Unlike a content provider, a file system is asked again when a window with such a document is restored, and tells of changes by itself. */
class OnnxTextFiles implements FileSystemProvider, Disposable {
  private readonly changes = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;

  constructor(private readonly server: Server) {}

  async stat(uri: Uri): Promise<FileStat> {
    const { ctime, mtime } = await workspace.fs.stat(fileOf(uri));
    // The size of the text is not known before it is made; that of the model would make the editor ask whether a large file is meant.
    return { type: FileType.File, ctime, mtime, size: 0, permissions: FilePermission.Readonly };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    await this.server.start();
    const text = await this.server.request(onnxTextRequest, { uri: fileOf(uri).toString() });
    if (text === undefined) throw FileSystemError.Unavailable('The JouleLint server is not running; "JouleLint: Restart Server" starts it.');
    return new TextEncoder().encode(text);
  }

  /** Called for each document that is shown, wherever its file lies. */
  watch(uri: Uri): Disposable {
    const file = fileOf(uri);
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(file, '..'), globOf(name)));
    let timer: NodeJS.Timeout | undefined;
    const changed = (type: FileChangeType): void => {
      clearTimeout(timer);
      timer = setTimeout(() => { this.changes.fire([{ type, uri }]); }, settleMilliseconds);
    };
    watcher.onDidCreate(() => { changed(FileChangeType.Changed); });
    watcher.onDidChange(() => { changed(FileChangeType.Changed); });
    watcher.onDidDelete(() => { changed(FileChangeType.Deleted); });
    return { dispose: () => { clearTimeout(timer); watcher.dispose(); } };
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(): void {
    throw FileSystemError.NoPermissions();
  }

  writeFile(): void {
    throw FileSystemError.NoPermissions();
  }

  delete(): void {
    throw FileSystemError.NoPermissions();
  }

  rename(): void {
    throw FileSystemError.NoPermissions();
  }

  dispose(): void {
    this.changes.dispose();
  }
}

/** A custom editor is a web page; this one only puts the text document in its place. It is what "Open With…" offers. */
class TextInstead implements CustomReadonlyEditorProvider {
  openCustomDocument(uri: Uri): { readonly uri: Uri; dispose(): void } {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor(document: { readonly uri: Uri }, panel: WebviewPanel): Promise<void> {
    await showText(document.uri, panel.viewColumn ?? ViewColumn.Active, {});
    panel.dispose();
  }
}

/**
 * Where no viewer is set up for them, VS Code shows the bytes of such a file in a text editor, or a note there that they are no text.
 * Only that editor is replaced: a viewer, whoever brought it, keeps its files.
 */
function followTabs(server: Server): Disposable[] {
  const tell = (): void => {
    const uris = window.tabGroups.all.flatMap(group => group.tabs).flatMap(tab => fileShownIn(tab) ?? []).map(uri => onnxFileOf(uri.toString()));
    void server.notify(openOnnxFilesNotification, { uris: [...new Set(uris)] });
  };
  const replace = async (tab: Tab): Promise<void> => {
    if (!(tab.input instanceof TabInputText) || !isOnnxFile(tab.input.uri)) return;
    const { uri } = tab.input;
    if (!workspace.getConfiguration('joulelint', uri).get<boolean>('onnx.openAsText', true)) return;
    // A preview comes from a click in the Explorer, where the keyboard shall stay.
    await showText(uri, tab.group.viewColumn, { preview: tab.isPreview, preserveFocus: tab.isPreview });
    await window.tabGroups.close(tab, true);
  };
  tell();
  for (const tab of window.tabGroups.all.flatMap(group => group.tabs)) void replace(tab);
  return [
    window.tabGroups.onDidChangeTabs(({ opened, closed }) => {
      for (const tab of opened) void replace(tab);
      if ([...opened, ...closed].some(tab => fileShownIn(tab) !== undefined)) tell();
    }),
    server.onRunning(isRunning => { if (isRunning) tell(); }),
  ];
}

function fileShownIn({ input }: Tab): Uri | undefined {
  const uri = input instanceof TabInputText || input instanceof TabInputCustom ? input.uri : undefined;
  return uri !== undefined && (uri.scheme === onnxScheme || isOnnxFile(uri)) ? uri : undefined;
}

async function openCommand(target: unknown): Promise<void> {
  const chosen = target instanceof Uri ? target : (await window.showOpenDialog({ filters: { ONNX: ['onnx'] }, title: 'Open ONNX File as Text' }))?.[0];
  if (chosen !== undefined) await showText(chosen, ViewColumn.Active, {});
}

async function showText(file: Uri, viewColumn: ViewColumn, options: { readonly preview?: boolean; readonly preserveFocus?: boolean }): Promise<void> {
  if (file.scheme !== 'file') {
    void window.showInformationMessage('JouleLint reads ONNX files from disk only; this one is elsewhere.');
    return;
  }
  // A document that an extension opens itself is kept for minutes after its editor is closed, its findings with it.
  await commands.executeCommand('vscode.openWith', textFormOf(file), 'default', { viewColumn, ...options } satisfies TextDocumentShowOptions);
}

function isOnnxFile(uri: Uri): boolean {
  return uri.scheme === 'file' && /\.onnx$/i.test(uri.path);
}

function fileOf(uri: Uri): Uri {
  return Uri.parse(onnxFileOf(uri.toString()));
}

/** A file name as a pattern that matches nothing else. */
function globOf(name: string): string {
  return name.replace(/[[\]{}*?]/g, '[$&]');
}
