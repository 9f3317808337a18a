/** Other programs, other threads, the network, files of other formats: what is outside this program. */
import { alias, entry, type LibraryEntry } from '../library';
import { int } from '../values';
import { nothing, open } from './opaque';

export const outsideEntries: readonly LibraryEntry[] = [
  ...['mkdtemp', 'mkstemp', 'NamedTemporaryFile', 'TemporaryDirectory', 'gettempdir', 'TemporaryFile'].map(name => open(`tempfile.${name}`, 'depends on the machine')),
  ...['run', 'check_output', 'Popen', 'call', 'check_call', 'getoutput'].map(name => open(`subprocess.${name}`, 'runs another program')),
  entry('subprocess.PIPE', () => int(-1)),
  entry('subprocess.STDOUT', () => int(-2)),
  entry('subprocess.DEVNULL', () => int(-3)),
  entry('subprocess.CalledProcessError', interpreter => interpreter.libraryValue('builtins.RuntimeError')),
  ...['socket', 'gethostname', 'create_connection', 'gethostbyname'].map(name => open(`socket.${name}`, 'depends on the machine')),
  ...[
    'Process', 'Pool', 'Queue', 'Manager', 'cpu_count', 'get_context', 'Value', 'Array', 'Lock', 'current_process', 'get_start_method',
  ].map(name => open(`multiprocessing.${name}`, 'depends on the machine')),
  nothing('multiprocessing.set_start_method'),
  nothing('multiprocessing.freeze_support'),
  ...['ThreadPoolExecutor', 'ProcessPoolExecutor', 'as_completed', 'wait'].map(name => open(`concurrent.futures.${name}`, 'runs in other threads')),
  ...['urlopen', 'urlretrieve', 'Request'].map(name => open(`urllib.request.${name}`, 'reads the network')),
  ...['get', 'post', 'Session'].map(name => open(`requests.${name}`, 'reads the network')),
  entry('urllib.error.HTTPError', interpreter => interpreter.libraryValue('builtins.OSError')),
  entry('urllib.error.URLError', interpreter => interpreter.libraryValue('builtins.OSError')),
  ...['run', 'gather', 'sleep', 'get_event_loop', 'new_event_loop', 'create_task'].map(name => open(`asyncio.${name}`, 'is not modelled')),
  open('queue.Queue', 'is shared between threads'),
  ...['signal', 'alarm', 'getsignal'].map(name => nothing(`signal.${name}`)),
  ...['SIGINT', 'SIGTERM', 'SIGUSR1', 'SIGKILL', 'SIGALRM', 'SIG_DFL', 'SIG_IGN'].map((name, i) => entry(`signal.${name}`, () => int(i + 1))),
  ...['getrusage', 'getrlimit', 'setrlimit'].map(name => open(`resource.${name}`, 'depends on the machine')),
  entry('resource.RLIMIT_NOFILE', () => int(7)),
  ...['parse', 'fromstring', 'ElementTree'].map(name => open(`xml.etree.ElementTree.${name}`, 'reads a file')),
  ...['reader', 'writer', 'DictReader', 'DictWriter'].map(name => open(`csv.${name}`, 'reads a file')),
  ...['open', 'GzipFile'].map(name => open(`gzip.${name}`, 'reads a file')),
  open('zipfile.ZipFile', 'reads a file'),
  open('tarfile.open', 'reads a file'),
  ...['b64encode', 'b64decode'].map(name => open(`base64.${name}`, 'is not modelled')),
  open('zlib.crc32', 'is not modelled'),
  alias('codecs.open', 'builtins.open'),
  ...['ENOENT', 'EEXIST', 'EACCES', 'EINVAL'].map((name, i) => entry(`errno.${name}`, () => int([2, 17, 13, 22][i] ?? 0))),
  ...['UnpicklingError', 'PickleError'].map(name => entry(`pickle.${name}`, interpreter => interpreter.libraryValue('builtins.Exception'))),
  open('pickle.Unpickler', 'reads a file'),
  open('configparser.ConfigParser', 'reads a file'),
  open('getpass.getuser', 'depends on the machine'),
  open('ctypes.CDLL', 'loads a library'),
];
