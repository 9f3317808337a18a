/** Which module of the original source a node comes from, as far as the exporter tells: in metadata, or in the way it names nodes. */
import type { NodeProto } from './model';

export interface SourceModule {
  /** Dotted, as the framework names modules. */
  readonly path: string;
  /** Class of the module, when the exporter says it. */
  readonly className: string | undefined;
}

/** Undefined for a node of the model's own body, and where nothing is said. */
export function sourceModule(node: NodeProto): SourceModule | undefined {
  return fromMetadata(node.metadata) ?? fromName(node.name);
}

/** Python lists of texts, from the model inwards, the operator last: `['', 'layer1', 'layer1.0.conv1', 'conv2d']`. */
function fromMetadata(metadata: ReadonlyMap<string, string>): SourceModule | undefined {
  const scopes = textsOf(metadata.get('pkg.torch.onnx.name_scopes'));
  const path = scopes.at(-2);
  if (path === undefined || path === '') return undefined;
  return { path, className: textsOf(metadata.get('pkg.torch.onnx.class_hierarchy')).at(-2) };
}

function textsOf(list: string | undefined): readonly string[] {
  return [...(list ?? '').matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(match => match[1] ?? match[2] ?? '');
}

/** `/layer1/layer1.0/conv1/Conv`: each part is a child of the one before, or repeats it with more behind. */
function fromName(name: string): SourceModule | undefined {
  const parts = name.split('/');
  if (parts.length < 3 || parts[0] !== '') return undefined;
  const path: string[] = [];
  for (const part of parts.slice(1, -1)) {
    if (part === '') return undefined;
    if (part.startsWith(`${path.at(-1)}.`)) path.pop();
    path.push(part);
  }
  return { path: path.join('.'), className: undefined };
}
