/** What the report page does by itself: sorting, filtering, jumping to the source, and taking over a newer version of its content. */
export const pageScript = `
'use strict';
(() => {
  const editor = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined;
  const state = Object.assign({ column: 0, descending: false, filter: '', grouped: true, folds: {} }, editor && editor.getState());
  const remember = () => { if (editor) editor.setState(state); };

  const sort = () => {
    const table = document.querySelector('table.layers');
    if (!table) return;
    const heads = [...table.tHead.rows[0].cells];
    if (!heads[state.column]) state.column = 0;
    heads.forEach((head, index) => {
      if (index === state.column) head.setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    const numeric = heads[state.column].classList.contains('number');
    const key = (row) => row.cells[state.column].dataset.value || '';
    const order = (left, right) => {
      const a = key(left), b = key(right);
      // What is unknown or does not apply goes last, whichever way the rest is sorted.
      if (a === '' || b === '') return (a === '') - (b === '');
      const result = numeric ? Number(a) - Number(b) : a.localeCompare(b, 'en', { numeric: true });
      return state.descending ? -result : result;
    };
    const body = table.tBodies[0];
    const focused = document.activeElement;
    const compare = (left, right) => order(left, right) || left.dataset.index - right.dataset.index;
    if (!table.querySelector('tr.block')) body.append(...[...body.rows].sort(compare));
    else if (!state.grouped) body.append(...[...body.rows].sort((left, right) => (left.dataset.id ? 1 : 0) - (right.dataset.id ? 1 : 0) || compare(left, right)));
    else {
      const below = new Map();
      for (const row of body.rows) below.set(row.dataset.parent, [...(below.get(row.dataset.parent) || []), row]);
      const put = (parent) => {
        for (const row of (below.get(parent) || []).sort(compare)) {
          body.append(row);
          if (row.dataset.id) put(row.dataset.id);
        }
      };
      put('');
    }
    if (focused && body.contains(focused)) focused.focus();
  };

  /** Whether a block is open: as somebody left it, else as far as about forty rows go; alike ones are closed. */
  let opened = {};
  const isOpen = (block) => (block.dataset.key in state.folds ? state.folds[block.dataset.key] : opened[block.dataset.id] === true);
  const openSome = (table) => {
    const below = new Map();
    for (const row of table.tBodies[0].rows) below.set(row.dataset.parent, [...(below.get(row.dataset.parent) || []), row]);
    opened = {};
    let level = below.get('') || [];
    let shown = level.length;
    while (level.length) {
      const next = [];
      for (const block of level) {
        const inside = below.get(block.dataset.id) || [];
        if (!block.dataset.id || block.dataset.times !== '1' || shown + inside.length > 40) continue;
        opened[block.dataset.id] = true;
        shown += inside.length;
        next.push(...inside);
      }
      level = next;
    }
  };

  const filter = () => {
    const table = document.querySelector('table.layers');
    const input = document.querySelector('#filter');
    if (!table || !input) return;
    if (input.value !== state.filter) input.value = state.filter;
    const words = state.filter.toLowerCase().split(/\\s+/).filter(Boolean);
    const rows = [...table.tBodies[0].rows];
    const blocks = new Map(rows.filter((row) => row.dataset.id).map((row) => [row.dataset.id, row]));
    const found = new Set();
    let layers = 0, shown = 0;
    for (const row of rows) {
      if (row.dataset.id) continue;
      layers += 1;
      if (!words.every((word) => row.dataset.text.includes(word))) continue;
      shown += 1;
      found.add(row);
      if (words.length) for (let block = blocks.get(row.dataset.parent); block; block = blocks.get(block.dataset.parent)) found.add(block);
    }
    const isSeen = (row) => {
      if (!state.grouped) return !row.dataset.id && found.has(row);
      if (words.length) return found.has(row);
      for (let block = blocks.get(row.dataset.parent); block; block = blocks.get(block.dataset.parent)) if (!isOpen(block)) return false;
      return true;
    };
    for (const row of rows) {
      row.hidden = !isSeen(row);
      if (row.dataset.id) row.setAttribute('aria-expanded', String(words.length > 0 || isOpen(row)));
    }
    table.classList.toggle('flat', !state.grouped);
    const grouped = document.querySelector('#grouped');
    if (grouped) {
      grouped.setAttribute('aria-pressed', String(state.grouped));
      for (const id of ['#fold', '#unfold']) document.querySelector(id).disabled = !state.grouped || words.length > 0;
    }
    document.querySelector('#shown').textContent = words.length ? shown + ' of ' + layers : '';
    rove(rows.find((row) => row.tabIndex === 0 && !row.hidden) || rows.find((row) => !row.hidden));
  };

  /** Tab enters the table at one row; arrows go on from there. */
  const rove = (row) => {
    if (!row) return;
    for (const other of row.parentElement.querySelectorAll('tr[tabindex="0"]')) other.tabIndex = -1;
    row.tabIndex = 0;
  };
  const turn = (block, open) => {
    if (document.querySelector('#filter').value.trim()) return;
    state.folds = Object.assign({}, state.folds, { [block.dataset.key]: open });
    remember();
    filter();
  };
  const turnAll = (open) => {
    const folds = {};
    for (const block of document.querySelectorAll('tr.block')) folds[block.dataset.key] = open;
    state.folds = folds;
    remember();
    filter();
  };
  const parentOf = (row) => row.dataset.parent && row.parentElement.querySelector('tr[data-id="' + row.dataset.parent + '"]');

  const jump = (element) => {
    if (!editor) return;
    const { file, line, column } = element.dataset;
    const files = JSON.parse(document.querySelector('main').dataset.files);
    editor.postMessage({ kind: 'reveal', place: { uri: files[file], line: Number(line), ...(column ? { column: Number(column) } : {}) } });
  };

  const step = (row, forward) => {
    let next = row;
    do next = forward ? next.nextElementSibling : next.previousElementSibling; while (next && next.hidden);
    if (next) { rove(next); next.focus(); }
  };

  const settle = () => {
    const table = document.querySelector('table.layers');
    if (table) openSome(table);
    sort();
    filter();
  };

  document.addEventListener('click', (event) => {
    const head = event.target.closest('th button');
    if (head) {
      const column = head.closest('th').cellIndex;
      const numeric = head.closest('th').classList.contains('number') && column > 0;
      // The first click on figures shows the largest: that is what one looks for.
      state.descending = column === state.column ? !state.descending : numeric;
      state.column = column;
      remember();
      sort();
      return;
    }
    const tool = event.target.closest('button.tool');
    if (tool) {
      if (tool.id === 'grouped') { state.grouped = !state.grouped; remember(); sort(); filter(); }
      else turnAll(tool.id === 'unfold');
      return;
    }
    const twist = event.target.closest('.twist');
    if (twist) { const block = twist.closest('tr'); rove(block); block.focus(); turn(block, !isOpen(block)); return; }
    const place = event.target.closest('[data-line]');
    if (place && String(getSelection()) === '') jump(place);
  });
  document.addEventListener('keydown', (event) => {
    const row = event.target.closest('tbody tr');
    if (!row) return;
    const isBlock = Boolean(row.dataset.id) && state.grouped;
    if (event.key === ' ' && isBlock) turn(row, !isOpen(row));
    else if (event.key === 'ArrowRight' && isBlock) { if (isOpen(row)) step(row, true); else turn(row, true); }
    else if (event.key === 'ArrowLeft' && isBlock && isOpen(row)) turn(row, false);
    else if (event.key === 'ArrowLeft' && state.grouped && parentOf(row)) { rove(parentOf(row)); parentOf(row).focus(); }
    else if (event.key === 'Enter' || event.key === ' ') jump(row);
    else if (event.key === 'ArrowDown') step(row, true);
    else if (event.key === 'ArrowUp') step(row, false);
    else return;
    event.preventDefault();
  });
  document.addEventListener('input', (event) => {
    if (event.target.id !== 'filter') return;
    state.filter = event.target.value;
    remember();
    filter();
  });
  document.addEventListener('change', (event) => {
    if (event.target.id === 'model' && editor) editor.postMessage({ kind: 'model', model: event.target.value });
  });
  addEventListener('message', (event) => {
    if (!event.data || event.data.kind !== 'content') return;
    const next = new DOMParser().parseFromString(event.data.html, 'text/html');
    const focused = document.activeElement && document.activeElement.id;
    document.title = next.title;
    document.querySelector('main').replaceWith(next.querySelector('main'));
    settle();
    const again = focused && document.getElementById(focused);
    if (again) again.focus();
  });
  settle();
})();
`;
