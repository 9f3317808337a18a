import re

_form = re.compile(r'\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d+)?)?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d+)?)?(?:[-_.]?(dev)[-_.]?(\d+)?)?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*', re.I)
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
