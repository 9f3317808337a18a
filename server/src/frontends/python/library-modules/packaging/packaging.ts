/** `packaging`, `distutils.version`: comparing versions, in plain Python. */
import type { LibrarySource } from '../../library';

const version = `
import re

_form = re.compile(r'\\s*v?(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\\d+)?)?(?:-(\\d+)|[-_.]?(post|rev|r)[-_.]?(\\d+)?)?(?:[-_.]?(dev)[-_.]?(\\d+)?)?(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\\s*', re.I)
VERSION_PATTERN = _form.pattern
_stages = {'alpha': 'a', 'beta': 'b', 'c': 'rc', 'pre': 'rc', 'preview': 'rc'}

class InvalidVersion(ValueError):
    pass

class _BaseVersion:
    pass

class Version(_BaseVersion):
    def __init__(self, version):
        found = _form.fullmatch(version)
        if found is None:
            raise InvalidVersion(f'Invalid version: {version!r}')
        epoch, release, stage, number, short_post, post_name, post, dev_name, dev, local = found.groups()
        self.epoch = int(epoch or 0)
        self.release = tuple(int(part) for part in release.split('.'))
        stage = stage and stage.lower()
        self.pre = (_stages.get(stage, stage), int(number or 0)) if stage else None
        self.post = int(short_post or post or 0) if short_post or post_name else None
        self.dev = int(dev or 0) if dev_name else None
        self.local = '.'.join(re.split('[-_.]', local.lower())) if local else None
    @property
    def major(self):
        return self.release[0]
    @property
    def minor(self):
        return self.release[1] if len(self.release) > 1 else 0
    @property
    def micro(self):
        return self.release[2] if len(self.release) > 2 else 0
    @property
    def is_prerelease(self):
        return self.pre is not None or self.dev is not None
    @property
    def is_postrelease(self):
        return self.post is not None
    @property
    def is_devrelease(self):
        return self.dev is not None
    @property
    def base_version(self):
        return (f'{self.epoch}!' if self.epoch else '') + '.'.join(str(part) for part in self.release)
    @property
    def public(self):
        return str(self).partition('+')[0]
    @property
    def _key(self):
        release = list(self.release)
        while len(release) > 1 and release[-1] == 0:
            release.pop()
        if self.pre is not None:
            stage = (1,) + self.pre
        elif self.dev is not None and self.post is None:
            stage = (0, '', 0)
        else:
            stage = (2, '', 0)
        local = [] if self.local is None else [(1, int(part), '') if part.isdigit() else (0, 0, part) for part in self.local.split('.')]
        return (self.epoch, release, stage, -1 if self.post is None else self.post, (1, 0) if self.dev is None else (0, self.dev), local)
    def __eq__(self, other):
        return self._key == other._key if isinstance(other, Version) else NotImplemented
    def __ne__(self, other):
        return self._key != other._key if isinstance(other, Version) else NotImplemented
    def __lt__(self, other):
        return self._key < other._key if isinstance(other, Version) else NotImplemented
    def __le__(self, other):
        return self._key <= other._key if isinstance(other, Version) else NotImplemented
    def __gt__(self, other):
        return self._key > other._key if isinstance(other, Version) else NotImplemented
    def __ge__(self, other):
        return self._key >= other._key if isinstance(other, Version) else NotImplemented
    def __hash__(self):
        return hash(str(self._key))
    def __str__(self):
        parts = [self.base_version]
        if self.pre is not None:
            parts.append(f'{self.pre[0]}{self.pre[1]}')
        if self.post is not None:
            parts.append(f'.post{self.post}')
        if self.dev is not None:
            parts.append(f'.dev{self.dev}')
        if self.local is not None:
            parts.append(f'+{self.local}')
        return ''.join(parts)
    def __repr__(self):
        return f"<Version('{self}')>"

def parse(version):
    return Version(version)

LegacyVersion = Version
`;

const specifiers = `
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
        found = re.fullmatch(r'\\s*(~=|===|==|!=|<=|>=|<|>)\\s*(\\S+?)\\s*', spec)
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
`;

const requirements = `
import re
from packaging.specifiers import SpecifierSet

class InvalidRequirement(ValueError):
    pass

class Requirement:
    def __init__(self, requirement_string):
        found = re.fullmatch(r'\\s*([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[([^\\]]*)\\])?\\s*\\(?([^;()]*)\\)?\\s*(?:;(.*))?', requirement_string)
        if found is None:
            raise InvalidRequirement(requirement_string)
        self.name = found.group(1)
        self.extras = {extra.strip() for extra in (found.group(2) or '').split(',') if extra.strip()}
        self.specifier = SpecifierSet(found.group(3))
        self.marker = found.group(4)
        self.url = None
    def __str__(self):
        return self.name + str(self.specifier)
`;

const distutils = `
import re

class LooseVersion:
    def __init__(self, vstring=None):
        if vstring is not None:
            self.parse(vstring)
    def parse(self, vstring):
        self.vstring = vstring
        self.version = [int(part) if part.isdigit() else part for part in re.findall(r'\\d+|[a-z]+', vstring)]
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
`;

export const packagingSources: readonly LibrarySource[] = [
  { module: 'packaging.version', source: version },
  { module: 'packaging.specifiers', source: specifiers },
  { module: 'packaging.requirements', source: requirements },
  { module: 'distutils.version', source: distutils },
];
