from torch_geometric._base import add_self_loops, degree, remove_self_loops, scatter, softmax
def contains_self_loops(edge_index):
    return bool((edge_index[0] == edge_index[1]).any())
def to_undirected(edge_index, edge_attr=None, num_nodes=None, reduce='add'):
    return edge_index if edge_attr is None else (edge_index, edge_attr)
