import re
from packaging.version import Version, InvalidVersion

class InvalidSpecifier(ValueError):
    pass

def _version(value):
    return value if isinstance(value, Version) else Version(value)

def _public(version):
    return Version(version.public)

class Specifier:
    def __init__(self, spec='', prereleases=None):
        found = re.fullmatch(r'\s*(~=|===|==|!=|<=|>=|<|>)\s*(\S+?)\s*', spec)
        if found is None:
            raise InvalidSpecifier(f'Invalid specifier: {spec!r}')
        self.operator, self.version = found.groups()
        self._prereleases = prereleases
    @property
    def prereleases(self):
        if self._prereleases is not None:
            return self._prereleases
        try:
            return self.operator in ('==', '>=', '<=', '~=', '===') and Version(self.version.removesuffix('.*')).is_prerelease
        except InvalidVersion:
            return False
    def _holds(self, version):
        if self.operator == '===':
            return str(version).lower() == self.version.lower()
        if self.operator in ('==', '!=') and self.version.endswith('.*'):
            wanted = Version(self.version[:-2])
            release = (list(version.release) + [0] * len(wanted.release))[:len(wanted.release)]
            same = wanted.epoch == version.epoch and release == list(wanted.release)
            return same == (self.operator == '==')
        wanted = Version(self.version)
        if self.operator in ('==', '!='):
            same = (version if wanted.local else _public(version)) == wanted
            return same == (self.operator == '==')
        if self.operator == '<=':
            return _public(version) <= wanted
        if self.operator == '>=':
            return _public(version) >= wanted
        if self.operator == '<':
            return version < wanted and not (version.is_prerelease and not wanted.is_prerelease and version.base_version == wanted.base_version)
        if self.operator == '>':
            if version.local is not None and Version(version.base_version) == Version(wanted.base_version):
                return False
            return version > wanted and not (version.is_postrelease and not wanted.is_postrelease and version.base_version == wanted.base_version)
        prefix = wanted.release[:-1]
        return _public(version) >= wanted and version.release[:len(prefix)] == prefix
    def contains(self, item, prereleases=None):
        version = _version(item)
        allowed = self.prereleases if prereleases is None else prereleases
        return (allowed or not version.is_prerelease) and self._holds(version)
    def __contains__(self, item):
        return self.contains(item)
    def filter(self, iterable, prereleases=None):
        return [item for item in iterable if self.contains(item, prereleases)]
    def __str__(self):
        return self.operator + self.version
    def __repr__(self):
        return f"<Specifier('{self}')>"

class SpecifierSet:
    def __init__(self, specifiers='', prereleases=None):
        self._specs = [Specifier(part) for part in specifiers.split(',') if part.strip()]
        self._prereleases = prereleases
    @property
    def prereleases(self):
        if self._prereleases is not None:
            return self._prereleases
        return any(spec.prereleases for spec in self._specs) if self._specs else None
    def contains(self, item, prereleases=None, installed=None):
        version = _version(item)
        allowed = self.prereleases if prereleases is None else prereleases
        if not allowed and version.is_prerelease:
            return False
        return all(spec.contains(version, prereleases=True) for spec in self._specs)
    def __contains__(self, item):
        return self.contains(item)
    def filter(self, iterable, prereleases=None):
        return [item for item in iterable if self.contains(item, prereleases)]
    def __iter__(self):
        return iter(self._specs)
    def __len__(self):
        return len(self._specs)
    def __str__(self):
        return ','.join(sorted(str(spec) for spec in self._specs))
    def __repr__(self):
        return f"<SpecifierSet('{self}')>"
