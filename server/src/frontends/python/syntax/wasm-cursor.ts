/** Walks a wasm tree. Speaks to the wasm exports directly, which is three times as fast as the binding's own cursor; that one is the fallback. */
import type { Tree } from 'web-tree-sitter';
import type { Cursor } from './flat-tree';

type Export = (tree: number) => number;

/** The exports of the module that `Parser.init` fills in. They keep the current cursor in a transfer buffer between calls. */
interface CursorExports {
  readonly _ts_tree_root_node_wasm: Export;
  readonly _ts_tree_cursor_new_wasm: Export;
  readonly _ts_tree_cursor_delete_wasm: Export;
  readonly _ts_tree_cursor_current_node_type_id_wasm: Export;
  readonly _ts_tree_cursor_start_index_wasm: Export;
  readonly _ts_tree_cursor_end_index_wasm: Export;
  readonly _ts_tree_cursor_current_node_is_missing_wasm: Export;
  readonly _ts_tree_cursor_goto_first_child_wasm: Export;
  readonly _ts_tree_cursor_goto_next_sibling_wasm: Export;
  readonly _ts_tree_cursor_goto_parent_wasm: Export;
}

const names: readonly (keyof CursorExports)[] = [
  '_ts_tree_root_node_wasm', '_ts_tree_cursor_new_wasm', '_ts_tree_cursor_delete_wasm', '_ts_tree_cursor_current_node_type_id_wasm',
  '_ts_tree_cursor_start_index_wasm', '_ts_tree_cursor_end_index_wasm', '_ts_tree_cursor_current_node_is_missing_wasm',
  '_ts_tree_cursor_goto_first_child_wasm', '_ts_tree_cursor_goto_next_sibling_wasm', '_ts_tree_cursor_goto_parent_wasm',
];

/** The exports, if this version of the binding has them all. */
export function cursorExports(module: object): CursorExports | undefined {
  return names.every(name => typeof (module as Partial<CursorExports>)[name] === 'function') ? module as CursorExports : undefined;
}

/** Lends a cursor at the root of `tree` to `use`. Nothing else may call into wasm meanwhile. */
export function withCursor<T>(tree: Tree, exports: CursorExports | undefined, use: (cursor: Cursor) => T): T {
  const address: unknown = Reflect.get(tree, 0);
  if (!exports || typeof address !== 'number') return withSlowCursor(tree, use);
  exports._ts_tree_root_node_wasm(address);
  exports._ts_tree_cursor_new_wasm(address);
  try {
    return use({
      typeId: () => exports._ts_tree_cursor_current_node_type_id_wasm(address),
      start: () => exports._ts_tree_cursor_start_index_wasm(address),
      end: () => exports._ts_tree_cursor_end_index_wasm(address),
      isMissing: () => exports._ts_tree_cursor_current_node_is_missing_wasm(address) === 1,
      firstChild: () => exports._ts_tree_cursor_goto_first_child_wasm(address) === 1,
      nextSibling: () => exports._ts_tree_cursor_goto_next_sibling_wasm(address) === 1,
      parent: () => exports._ts_tree_cursor_goto_parent_wasm(address) === 1,
    });
  } finally {
    exports._ts_tree_cursor_delete_wasm(address);
  }
}

function withSlowCursor<T>(tree: Tree, use: (cursor: Cursor) => T): T {
  const cursor = tree.walk();
  try {
    return use({
      typeId: () => cursor.nodeTypeId,
      start: () => cursor.startIndex,
      end: () => cursor.endIndex,
      isMissing: () => cursor.nodeIsMissing,
      firstChild: () => cursor.gotoFirstChild(),
      nextSibling: () => cursor.gotoNextSibling(),
      parent: () => cursor.gotoParent(),
    });
  } finally {
    cursor.delete();
  }
}
