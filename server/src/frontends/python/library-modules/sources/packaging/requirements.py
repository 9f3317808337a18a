import re
from packaging.specifiers import SpecifierSet

class InvalidRequirement(ValueError):
    pass

class Requirement:
    def __init__(self, requirement_string):
        found = re.fullmatch(r'\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*\(?([^;()]*)\)?\s*(?:;(.*))?', requirement_string)
        if found is None:
            raise InvalidRequirement(requirement_string)
        self.name = found.group(1)
        self.extras = {extra.strip() for extra in (found.group(2) or '').split(',') if extra.strip()}
        self.specifier = SpecifierSet(found.group(3))
        self.marker = found.group(4)
        self.url = None
    def __str__(self):
        return self.name + str(self.specifier)
