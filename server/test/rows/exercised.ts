/**
 * Which rows of the dialects' tables the suite exercises, and which operators each dialect applies. The tables are wrapped from outside, while tests
 * run; the product knows nothing of it. A row is exercised when it gave a value that is known.
 */
import { caffeFrontend } from '../../src/frontends/caffe/frontend';
import { knownTypes, rowOf } from '../../src/frontends/caffe/layers';
import { kerasFrontend } from '../../src/frontends/keras/frontend';
import { kerasTables } from '../../src/frontends/keras/index';
import { onnxFrontend } from '../../src/frontends/onnx/frontend';
import { operators } from '../../src/frontends/onnx/operators';
import { pytorchFrontend } from '../../src/frontends/pytorch/frontend';
import { pytorchTables } from '../../src/frontends/pytorch/index';
import { allRows } from '../../src/frontends/pytorch/tables/index';
import type { Value } from '../../src/frontends/python/values';
import { GraphBuilder } from '../../src/graph/builder';

export type Dialect = 'pytorch' | 'keras' | 'caffe' | 'onnx';

/** By dialect: every row, under its documented signature, its layer type or its operator; and those that gave something. */
const rows: Record<Dialect, Set<string>> = { pytorch: new Set(), keras: new Set(), caffe: new Set(), onnx: new Set() };
const exercised: Record<Dialect, Set<string>> = { pytorch: new Set(), keras: new Set(), caffe: new Set(), onnx: new Set() };
const applied: Record<Dialect, Set<string>> = { pytorch: new Set(), keras: new Set(), caffe: new Set(), onnx: new Set() };
/** Python rows by the name under which a graph shows them. */
const rowsByType: Record<'pytorch' | 'keras', Map<string, string>> = { pytorch: new Map(), keras: new Map() };
let dialect: Dialect | undefined;
let paused = false;

/** Tables are read-only for everybody else. */
function replace<Owner extends object, Name extends keyof Owner>(owner: Owner, name: Name, by: (original: Owner[Name]) => Owner[Name]): void {
  Reflect.set(owner, name, by(owner[name]));
}

/** What is applied meanwhile, the dialect applies. */
export function inDialect<Result>(name: Dialect, work: () => Result): Result {
  const before = dialect;
  dialect = name;
  try {
    return work();
  } finally {
    dialect = before;
  }
}

function watchFrontends(): void {
  for (const [name, frontend] of [['pytorch', pytorchFrontend], ['keras', kerasFrontend], ['caffe', caffeFrontend], ['onnx', onnxFrontend]] as const) {
    replace(frontend, 'lower', lower => request => inDialect(name, () => lower.call(frontend, request)));
  }
  const { apply } = GraphBuilder.prototype;
  GraphBuilder.prototype.apply = function watched(this: GraphBuilder, request) {
    const result = apply.call(this, request as never);
    if (dialect && !paused) {
      applied[dialect].add(request.op.kind);
      const row = dialect === 'pytorch' || dialect === 'keras' ? rowsByType[dialect].get(request.type) : undefined;
      if (row !== undefined) exercised[dialect].add(row);
    }
    return result;
  };
}

function watchCall(name: 'pytorch' | 'keras', value: Value | undefined, row: string): void {
  // A lazy layer is of another class, and shows another name, after its first call.
  if (value?.kind === 'class') watchCall(name, value.attributes.get('forward'), row);
  if (value?.kind !== 'native') return;
  const noted = (result: Value): Value => {
    // What depends on data is an answer too.
    if ((result.kind !== 'unknown' || result.dataDependent) && !paused) exercised[name].add(row);
    return result;
  };
  replace(value, 'call', call => (args, interpreter) => noted(call(args, interpreter)));
  // A method of an instance has another way in.
  if (value.own) replace(value, 'own', own => own && ((self, args, interpreter) => noted(own(self, args, interpreter))));
}

function watchPython(name: 'pytorch' | 'keras'): void {
  for (const entry of (name === 'pytorch' ? pytorchTables : kerasTables).flatMap(tables => tables.entries)) {
    const { row } = entry;
    if (row === undefined) continue;
    rows[name].add(row);
    rowsByType[name].set(entry.name, row);
    const seen = new WeakSet<Value>();
    replace(entry, 'make', make => interpreter => {
      const value = make(interpreter);
      if (!seen.has(value)) watchCall(name, value, row);
      seen.add(value);
      return value;
    });
  }
}

function watchMethods(): void {
  for (const { text, methods } of allRows) {
    rows.pytorch.add(text);
    for (const [, method] of methods) watchCall('pytorch', method, text);
  }
}

function watchOnnx(): void {
  for (const [domain, table] of operators) {
    for (const name of Object.keys(table)) {
      const row = domain === '' ? name : `${domain}.${name}`;
      rows.onnx.add(row);
      replace(table, name, operator => operator && (call => {
        exercised.onnx.add(row);
        return operator(call);
      }));
    }
  }
}

function watchCaffe(): void {
  for (const type of knownTypes()) {
    const row = rowOf(type);
    if (!row) continue;
    rows.caffe.add(type);
    replace(row, 'apply', apply => call => {
      exercised.caffe.add(type);
      return apply(call);
    });
  }
}

export function watchRows(): void {
  watchFrontends();
  watchPython('pytorch');
  watchPython('keras');
  watchMethods();
  watchOnnx();
  watchCaffe();
}

/** What is called only to see that nothing breaks exercises nothing. */
export function uncounted(work: () => void): void {
  paused = true;
  try {
    work();
  } finally {
    paused = false;
  }
}

export function neverExercised(): Record<Dialect, string[]> {
  const missing = (name: Dialect): string[] => [...rows[name]].filter(row => !exercised[name].has(row)).sort();
  return { pytorch: missing('pytorch'), keras: missing('keras'), caffe: missing('caffe'), onnx: missing('onnx') };
}

/** Kinds of the operators that each dialect applied. */
export function appliedOperators(): Record<Dialect, string[]> {
  const sorted = (name: Dialect): string[] => [...applied[name]].sort();
  return { pytorch: sorted('pytorch'), keras: sorted('keras'), caffe: sorted('caffe'), onnx: sorted('onnx') };
}
