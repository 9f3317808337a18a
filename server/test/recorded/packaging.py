# Versions and specifiers.
from packaging import version
from packaging.version import Version, parse, InvalidVersion
from packaging.specifiers import SpecifierSet, Specifier
from packaging.requirements import Requirement
def err(f, *a):
    try: return f(*a)
    except Exception as e: return type(e).__name__

Version('1.10') > Version('1.9')
#> True
Version('1.10.0') == Version('1.10')
#> True
Version('2.0.0a1') < Version('2.0.0')
#> True
Version('2.0.0rc1') < Version('2.0.0rc2')
#> True
Version('2.0.0b2') < Version('2.0.0rc1')
#> True
Version('2.0.dev1') < Version('2.0a1')
#> True
Version('2.0.post1') > Version('2.0')
#> True
Version('2.0+cu118') > Version('2.0')
#> True
Version('2.0+cu118') == Version('2.0')
#> False
Version('2.0+cu118') >= Version('2.0')
#> True
parse('2.9.0') >= parse('1.13')
#> True
version.parse('2.1.0+cu121').base_version
#> '2.1.0'
version.parse('2.1.0+cu121').public
#> '2.1.0'
version.parse('2.1.0+cu121').local
#> 'cu121'
version.parse('2.1.0+cu121').release
#> (2, 1, 0)
version.parse('1.2rc3').pre, version.parse('1.2.post4').post, version.parse('1.2.dev5').dev
#> (('rc', 3), 4, 5)
version.parse('1.2.3').major, version.parse('1.2.3').minor, version.parse('1.2.3').micro
#> (1, 2, 3)
str(version.parse('v1.2.0')), repr(version.parse('1.2.3'))
#> ('1.2.0', "<Version('1.2.3')>")
version.parse('1!2.0').epoch, Version('1!1.0') > Version('2.0')
#> (1, True)
err(parse, 'not a version')
#> 'InvalidVersion'
err(parse, '1.2.3.foo')
#> 'InvalidVersion'
version.parse('1.2a0').is_prerelease, version.parse('1.2').is_prerelease, version.parse('1.2.dev0').is_devrelease, version.parse('1.2.post1').is_postrelease
#> (True, False, True, True)
sorted(['1.10', '1.9', '1.9rc1'], key=parse)
#> ['1.9rc1', '1.9', '1.10']
str(Version('1.2.0-alpha.1')), str(Version('1.0.0.dev3+abc.1'))
#> ('1.2.0a1', '1.0.0.dev3+abc.1')
'1.2' in SpecifierSet('>=1.0,<2.0')
#> True
SpecifierSet('>=1.0,!=1.5').contains('1.5')
#> False
Specifier('~=1.4.2').contains('1.4.9'), Specifier('~=1.4.2').contains('1.5')
#> (True, False)
Specifier('==1.4.*').contains('1.4.9'), Specifier('==1.4').contains('1.4.0')
#> (True, True)
'2.0' in SpecifierSet('')
#> True
max(Version('1.0'), Version('1.1')) == Version('1.1')
#> True
Version('1.0') != Version('1.1')
#> True
