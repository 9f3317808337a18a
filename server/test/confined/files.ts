/** A project whose files try to get out of it, in every way that a file can. `{outside}` stands for a folder beside it that holds a secret. */

const net = (statements: string): string => `import os, sys, glob, json, pathlib, importlib, subprocess, socket, shutil, tempfile, urllib.request, ctypes, pickle, multiprocessing
import torch
from torch import nn
${statements}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)
    def forward(self, x):
        return self.fc(x)
Net()(torch.zeros(1, 8))
`;

export const projectFiles: Readonly<Record<string, string>> = {
  'pyproject.toml': '[project]\nname = "attempt"\n',
  'processes.py': net(`
os.system("touch {outside}/made")
subprocess.run(["touch", "{outside}/made"])
subprocess.Popen("id", shell=True).communicate()
os.execvp("id", ["id"])
os.fork()
os.posix_spawn("/bin/id", ["id"], {})
multiprocessing.Process(target=print).start()
ctypes.CDLL("libc.so.6").system(b"id")
exec("import os; os.system('touch {outside}/made')")
eval("__import__('os').system('id')")
`),
  'network.py': net(`
s = socket.create_connection(("127.0.0.1", 9))
socket.socket().connect(("127.0.0.1", 9))
urllib.request.urlopen("http://127.0.0.1:9/").read()
import requests
requests.get("http://127.0.0.1:9/")
torch.hub.load("owner/name", "model")
torch.hub.load_state_dict_from_url("http://127.0.0.1:9/w.pth")
`),
  'writes.py': net(`
open("{outside}/made", "w").write("x")
open("made-here", "w").write("x")
pathlib.Path("made-here").write_text("x")
os.makedirs("{outside}/folder"); os.mkdir("folder"); os.remove("pyproject.toml"); os.rename("pyproject.toml", "renamed")
shutil.rmtree("."); tempfile.mkdtemp(); torch.save({}, "saved.pt")
`),
  'reads.py': net(`
for path in ["{outside}/secret.json", "../outside/secret.json", "link/secret.json", "secret-link.json", "/etc/passwd", "/etc/hostname", "~/.ssh/id_rsa",
             "/proc/self/environ", "/proc/self/pagemap", "/proc/self/mem", "/dev/zero", "/dev/random", "/sys/kernel/notes", "file:///etc/passwd"]:
    try: print(open(path).read())
    except OSError: pass
    try: print(pathlib.Path(path).read_text())
    except OSError: pass
    os.path.exists(path); os.stat(path); os.listdir(os.path.dirname(path))
raise ValueError(json.load(open("{outside}/secret.json")))
`),
  'walks.py': net(`
names = list(os.walk("/")) + glob.glob("/**/*", recursive=True) + os.listdir("{outside}") + list(pathlib.Path("..").rglob("*"))
sys.path.append("{outside}"); sys.path.insert(0, "/etc")
import secret_module
importlib.import_module("secret_module")
spec = importlib.util.spec_from_file_location("m", "{outside}/secret_module.py")
m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m)
import linked_module, link.secret_module
from ...... import secret_module
`),
  'weights.py': net('w = torch.load("{outside}/secret.json")\np = pickle.load(open("{outside}/secret.json", "rb"))\nimport numpy as np\na = np.load("{outside}/secret.json")\n'),
  'data.prototxt': 'name: "n"\nlayer { name: "d" type: "Data" top: "d" data_param { source: "{outside}/secret.json" backend: LMDB batch_size: 1 } transform_param { crop_size: 8 mean_file: "{outside}/secret.json" } }\n'
    + 'layer { name: "p" type: "InnerProduct" bottom: "d" top: "p" inner_product_param { num_output: 4 } }\n',
  'cells.ipynb': JSON.stringify({
    nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { language: 'python' } },
    cells: [{ cell_type: 'code', metadata: {}, outputs: [], source: '!touch {outside}/made\n%run {outside}/secret_module.py\n%load {outside}/secret_module.py\n%%bash\nid\n' }],
  }),
};
