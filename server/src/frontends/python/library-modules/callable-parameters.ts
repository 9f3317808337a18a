/** Parameters of callables: what `inspect.signature` answers. */
import { signatureOf } from '../signature';
import type * as ast from '../syntax/ast';
import type { ClassValue, NativeValue, Value } from '../values';
import type { Interpreter } from '../interpreter';

export interface CallableParameter {
  readonly name: string;
  readonly form: ast.Parameter['form'];
  readonly default: Value | undefined;
  readonly annotation?: Value;
}

const recorded = new WeakMap<NativeValue, readonly CallableParameter[]>();

/** For natives that are made with parameters of their own, such as a dataclass's `__init__`. */
export function recordParameters(value: NativeValue, parameters: readonly CallableParameter[]): void {
  recorded.set(value, parameters);
}

/** Undefined: the signature is not known. `self` is left out for methods and classes. */
export function parametersOf(value: Value, interpreter: Interpreter): readonly CallableParameter[] | undefined {
  switch (value.kind) {
    case 'function': {
      const wrapped = value.attributes.get('__wrapped__');
      if (wrapped && wrapped !== value) return parametersOf(wrapped, interpreter);
      return value.definition.parameters.map(parameter => ({ name: parameter.name, form: parameter.form, default: value.defaults.get(parameter.name) }));
    }
    case 'native': return recorded.get(value) ?? documentedParameters(value);
    case 'method': return parametersOf(value.callee, interpreter)?.slice(1);
    case 'staticmethod': case 'classmethod': return parametersOf(value.callee, interpreter);
    case 'class': return ofClass(value, interpreter);
    case 'instance': {
      const func = value.attributes.get('func') ?? value.attributes.get('__wrapped__');
      if (func) return parametersOf(func, interpreter);
      const method = interpreter.lookupClass(value.cls, '__call__');
      return method && parametersOf(method, interpreter)?.slice(1);
    }
    default: return undefined;
  }
}

/** A row that takes whatever it is given says nothing of what the real function takes. */
function documentedParameters({ signature }: NativeValue): readonly CallableParameter[] | undefined {
  if (signature === undefined || signature.includes('*args') || signature.includes('**')) return undefined;
  const { parameters, defaults } = signatureOf(signature);
  return parameters.map(({ name, form }) => ({ name, form, default: defaults.get(name) }));
}

function ofClass(cls: ClassValue, interpreter: Interpreter): readonly CallableParameter[] | undefined {
  const fields = cls.attributes.get('_fields');
  if (fields?.kind === 'tuple') return fields.items.map(field => ({ name: field.kind === 'str' ? field.value : '', form: 'normal', default: undefined }));
  const method = interpreter.lookupClass(cls, '__init__');
  return method && parametersOf(method, interpreter)?.slice(1);
}
