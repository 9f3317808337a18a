import re

class LooseVersion:
    def __init__(self, vstring=None):
        if vstring is not None:
            self.parse(vstring)
    def parse(self, vstring):
        self.vstring = vstring
        self.version = [int(part) if part.isdigit() else part for part in re.findall(r'\d+|[a-z]+', vstring)]
    def _other(self, other):
        return other if isinstance(other, LooseVersion) else self.__class__(str(other))
    def __eq__(self, other):
        return self.version == self._other(other).version
    def __ne__(self, other):
        return self.version != self._other(other).version
    def __lt__(self, other):
        return self.version < self._other(other).version
    def __le__(self, other):
        return self.version <= self._other(other).version
    def __gt__(self, other):
        return self.version > self._other(other).version
    def __ge__(self, other):
        return self.version >= self._other(other).version
    def __hash__(self):
        return hash(self.vstring)
    def __str__(self):
        return self.vstring
    def __repr__(self):
        return f"LooseVersion ('{self.vstring}')"

class StrictVersion(LooseVersion):
    def __repr__(self):
        return f"StrictVersion ('{self.vstring}')"
Version = LooseVersion
