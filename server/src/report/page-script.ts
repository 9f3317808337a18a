/** What the report page does by itself: sorting, filtering, jumping to the source, and taking over a newer version of its content. */
export const pageScript = `
'use strict';
(() => {
  const editor = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined;
  const state = Object.assign({ column: 0, descending: false, filter: '' }, editor && editor.getState());
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
    body.append(...[...body.rows].sort((left, right) => order(left, right) || left.dataset.index - right.dataset.index));
    if (focused && body.contains(focused)) focused.focus();
  };

  const filter = () => {
    const table = document.querySelector('table.layers');
    const input = document.querySelector('#filter');
    if (!table || !input) return;
    if (input.value !== state.filter) input.value = state.filter;
    const words = state.filter.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      row.hidden = !words.every((word) => row.dataset.text.includes(word));
      if (!row.hidden) shown += 1;
    }
    document.querySelector('#shown').textContent = words.length ? shown + ' of ' + table.tBodies[0].rows.length : '';
  };

  const jump = (element) => {
    if (!editor) return;
    const { file, line, column } = element.dataset;
    const files = JSON.parse(document.querySelector('main').dataset.files);
    editor.postMessage({ kind: 'reveal', place: { uri: files[file], line: Number(line), ...(column ? { column: Number(column) } : {}) } });
  };

  const step = (row, forward) => {
    let next = row;
    do next = forward ? next.nextElementSibling : next.previousElementSibling; while (next && next.hidden);
    if (next) next.focus();
  };

  const settle = () => { sort(); filter(); };

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
    const place = event.target.closest('[data-line]');
    if (place && String(getSelection()) === '') jump(place);
  });
  document.addEventListener('keydown', (event) => {
    const row = event.target.closest('tbody tr');
    if (!row) return;
    if (event.key === 'Enter' || event.key === ' ') jump(row);
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
