/** `torch.func.functional_call`: a module called with other tensors in the place of its parameters and buffers. */
import type { Location } from '../../base/span';
import { given, itemsOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import { dictGetName, str, type DictValue, type Value } from '../python/values';
import { isModule, type ModuleInstance } from './state';

interface Replaced {
  readonly register: DictValue;
  readonly name: Value;
  readonly before: Value;
}

export function callWith(interpreter: Interpreter, module: Value, tensors: Value, args: Value, keywords: Value, at: Location): Value {
  const positional = args.kind === 'tuple' ? args.items : given(args) ? [args] : [];
  const named = keywords.kind === 'dict' ? [...keywords.entries.values()].flatMap(({ key, value }) => (key.kind === 'str' ? [[key.value, value] as const] : [])) : [];
  const replaced = isModule(module) ? (tensors.kind === 'dict' ? [tensors] : itemsOf(tensors) ?? []).flatMap(each => replace(interpreter, module, each)) : [];
  try {
    return interpreter.call(module, { positional, keywords: named, at });
  } finally {
    for (const { register, name, before } of replaced.reverse()) interpreter.heap.setEntry(register, name, before);
  }
}

function replace(interpreter: Interpreter, module: ModuleInstance, tensors: Value): readonly Replaced[] {
  if (tensors.kind !== 'dict') return [];
  return [...tensors.entries.values()].flatMap(({ key, value }): Replaced[] => {
    if (key.kind !== 'str' || value.kind !== 'tensor') return [];
    const path = key.value.split('.');
    const leaf = path.pop() ?? '';
    let owner: Value | undefined = module;
    for (const name of path) owner = isModule(owner) ? dictGetName(owner.native.modules, name) : undefined;
    if (!isModule(owner)) return [];
    const register = [owner.native.parameters, owner.native.buffers].find(each => dictGetName(each, leaf) !== undefined);
    const before = register && dictGetName(register, leaf);
    if (!register || !before) return [];
    interpreter.heap.setEntry(register, str(leaf), value);
    return [{ register, name: str(leaf), before }];
  });
}
