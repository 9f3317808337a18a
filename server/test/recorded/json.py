# Reading and writing JSON.
import json
def err(f, *a):
    try: return f(*a)
    except json.JSONDecodeError as e: return 'JSONDecodeError', isinstance(e, ValueError)
    except Exception as e: return type(e).__name__
class Enc(json.JSONEncoder):
    def default(self, o):
        return 'enc'

json.loads('{"a": 1, "b": [1.5, true, null, "x"]}')
#> {'a': 1, 'b': [1.5, True, None, 'x']}
json.loads('[1e3, -0.5, 12345678901]')
#> [1000.0, -0.5, 12345678901]
json.loads('"\\u00e9\\n"')
#> 'é\n'
json.loads('  [ ]  '), json.loads('{}')
#> ([], {})
err(json.loads, '{')
#> ('JSONDecodeError', True)
err(json.loads, '{"a" 1}')
#> ('JSONDecodeError', True)
err(json.loads, '')
#> ('JSONDecodeError', True)
err(json.loads, "{'a': 1}")
#> ('JSONDecodeError', True)
err(json.loads, 3)
#> 'TypeError'
json.dumps({'a': 1, 'b': [1.5, True, None, 'x']})
#> '{"a": 1, "b": [1.5, true, null, "x"]}'
json.dumps({'b': 1, 'a': 2}, sort_keys=True)
#> '{"a": 2, "b": 1}'
json.dumps([1, 2], indent=2)
#> '[\n  1,\n  2\n]'
json.dumps({'a': {'b': []}}, indent=4)
#> '{\n    "a": {\n        "b": []\n    }\n}'
json.dumps({1: 2, None: 3, True: 4, 1.5: 5})
#> '{"1": 4, "null": 3, "1.5": 5}'
json.dumps('é\n"\\')
#> '"\\u00e9\\n\\"\\\\"'
json.dumps('é', ensure_ascii=False)
#> '"é"'
json.dumps((1, 2), separators=(',', ':'))
#> '[1,2]'
json.dumps(float('inf')), json.dumps(1.0), json.dumps(1e20)
#> ('Infinity', '1.0', '1e+20')
err(json.dumps, {1, 2})
#> 'TypeError'
json.dumps({1, 2}, default=list)
#> '[1, 2]'
json.loads('{"a": {"b": 1}}', object_hook=lambda d: list(d.items()))
#> [('a', [('b', 1)])]
json.loads('[1, 2.5]', parse_float=str)
#> [1, '2.5']
json.loads('{"a": 1}', object_pairs_hook=list)
#> [('a', 1)]
json.loads('[NaN, Infinity, -Infinity]')
#> [nan, inf, -inf]
json.loads(b'[1]')
#> [1]
json.dumps([])
#> '[]'
json.dumps({'a': [1, {'b': 2}]}, indent=1)
#> '{\n "a": [\n  1,\n  {\n   "b": 2\n  }\n ]\n}'
json.dumps([1, 2], indent='--')
#> '[\n--1,\n--2\n]'
json.dumps({'k': object}, cls=Enc)
#> '{"k": "enc"}'
json.dumps('日本')
#> '"\\u65e5\\u672c"'
