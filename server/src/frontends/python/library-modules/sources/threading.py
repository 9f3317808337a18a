class _Lock:
    def acquire(self, *args, **kwargs): return True
    def release(self): pass
    def locked(self): return False
    def __enter__(self): return True
    def __exit__(self, *details): pass
Lock = RLock = Semaphore = BoundedSemaphore = Condition = _Lock
class Event:
    def __init__(self): self._set = False
    def set(self): self._set = True
    def clear(self): self._set = False
    def is_set(self): return self._set
    def wait(self, timeout=None): return self._set
class local: pass
class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, daemon=None):
        self.name, self.daemon = name, daemon
    def start(self): pass
    def join(self, timeout=None): pass
    def is_alive(self): return False
Timer = Thread
def current_thread(): return Thread(name='MainThread')
main_thread = current_thread
def get_ident(): return 1
