"""Nested containers as a list of their leaves and what is around them."""
from collections import OrderedDict, defaultdict, deque

_registered = {}

class TreeSpec:
    def __init__(self, type, context, children_specs):
        self.type, self.context, self.children_specs = type, context, children_specs
        self.num_leaves = sum(spec.num_leaves for spec in children_specs) if type is not None else 1
        self.num_nodes = 1 + sum(spec.num_nodes for spec in children_specs)
        self.num_children = len(children_specs)
    def is_leaf(self):
        return self.type is None
    def __eq__(self, other):
        return isinstance(other, TreeSpec) and self.type is other.type and self.context == other.context and self.children_specs == other.children_specs
    def unflatten(self, leaves):
        return tree_unflatten(leaves, self)

class LeafSpec(TreeSpec):
    def __init__(self):
        super().__init__(None, None, [])

def _register_pytree_node(cls, flatten_fn, unflatten_fn, **kwargs):
    _registered[cls] = (flatten_fn, unflatten_fn)
register_pytree_node = _register_pytree_node

def _is_namedtuple(tree):
    return isinstance(tree, tuple) and hasattr(tree, '_fields')

def _parts(tree):
    """The class by which a node is put together again, its children and what else that takes; None for a leaf."""
    cls = type(tree)
    if cls in _registered:
        children, context = _registered[cls][0](tree)
        return cls, list(children), context
    if _is_namedtuple(tree):
        return cls, list(tree), cls
    if cls in (list, tuple):
        return cls, list(tree), None
    if cls is dict or cls is OrderedDict:
        return cls, list(tree.values()), list(tree.keys())
    if cls is defaultdict:
        return cls, list(tree.values()), [tree.default_factory, list(tree.keys())]
    if cls is deque:
        return cls, list(tree), tree.maxlen
    return None

def tree_flatten(tree, is_leaf=None):
    leaves = []
    return leaves, _flatten(tree, leaves, is_leaf)

def _flatten(tree, leaves, is_leaf):
    parts = None if is_leaf is not None and is_leaf(tree) else _parts(tree)
    if parts is None:
        leaves.append(tree)
        return LeafSpec()
    cls, children, context = parts
    return TreeSpec(cls, context, [_flatten(child, leaves, is_leaf) for child in children])

def tree_unflatten(leaves, treespec):
    leaves = list(leaves)
    if len(leaves) != treespec.num_leaves:
        raise ValueError(f'treespec has {treespec.num_leaves} leaves, received {len(leaves)}')
    return _unflatten(iter(leaves), treespec)

def _unflatten(leaves, spec):
    if spec.type is None:
        return next(leaves)
    cls, context = spec.type, spec.context
    children = [_unflatten(leaves, child) for child in spec.children_specs]
    if cls in _registered:
        return _registered[cls][1](children, context)
    if cls in (list, tuple):
        return cls(children)
    if cls is dict or cls is OrderedDict:
        return cls(zip(context, children))
    if cls is defaultdict:
        return defaultdict(context[0], zip(context[1], children))
    if cls is deque:
        return deque(children, maxlen=context)
    return cls(*children)

def tree_leaves(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[0]
tree_iter = tree_leaves

def tree_structure(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[1]

def tree_map(func, tree, *rests, is_leaf=None):
    leaves, spec = tree_flatten(tree, is_leaf)
    return tree_unflatten([func(*items) for items in zip(leaves, *[tree_leaves(rest, is_leaf) for rest in rests])], spec)

def tree_map_(func, tree, *rests, is_leaf=None):
    tree_map(func, tree, *rests, is_leaf=is_leaf)
    return tree

def _chosen(type_or_pred):
    if isinstance(type_or_pred, (type, tuple)) or not callable(type_or_pred):
        return lambda value: isinstance(value, type_or_pred)
    return type_or_pred

def tree_map_only(type_or_types_or_pred, func, tree, is_leaf=None):
    is_chosen = _chosen(type_or_types_or_pred)
    return tree_map(lambda value: func(value) if is_chosen(value) else value, tree, is_leaf=is_leaf)

def tree_any(pred, tree, is_leaf=None):
    return any(pred(leaf) for leaf in tree_leaves(tree, is_leaf))

def tree_all(pred, tree, is_leaf=None):
    return all(pred(leaf) for leaf in tree_leaves(tree, is_leaf))

def tree_all_only(type_or_types, pred, tree, is_leaf=None):
    return all(pred(leaf) for leaf in tree_leaves(tree, is_leaf) if isinstance(leaf, type_or_types))

def tree_any_only(type_or_types, pred, tree, is_leaf=None):
    return any(pred(leaf) for leaf in tree_leaves(tree, is_leaf) if isinstance(leaf, type_or_types))
