/** The look of the report page: the editor's own theme inside a webview, light or dark by the system's choice elsewhere. */

/** Height of a plot, which is not stretched. */
export const plotHeight = 132;
/** Most grid lines above the bottom one. */
export const mostSteps = 6;

/** The labels are text beside the plot: inside, stretching would distort them. */
const tickPlaces = Array.from({ length: mostSteps }, (_, steps) => Array.from({ length: steps + 2 }, (_each, at) =>
  `.t${at}of${steps + 1} { bottom: ${Math.round(12 + (plotHeight * at) / (steps + 1))}px; }`).join(' ')).join('\n');

/** A step to the right for each level of the tree. */
const levels = Array.from({ length: 14 }, (_, level) => `.level${level + 1} td.layer { padding-left: ${10 + 14 * level}px; }`).join(' ');

export const pageStyle = `
:root {
  color-scheme: light dark;
  --text: var(--vscode-editor-foreground, light-dark(#1f2328, #d6d6d6));
  --muted: var(--vscode-descriptionForeground, light-dark(#5b6169, #9a9fa6));
  --ground: var(--vscode-editor-background, light-dark(#ffffff, #1e1f22));
  --card: var(--vscode-sideBar-background, light-dark(#f6f7f9, #26282c));
  --line: var(--vscode-contrastBorder, var(--vscode-panel-border, light-dark(#dfe2e6, #393c42)));
  --hover: var(--vscode-list-hoverBackground, light-dark(#eef3fb, #2d3138));
  --focus: var(--vscode-focusBorder, light-dark(#0a69da, #4c9df3));
  --link: var(--vscode-textLink-foreground, light-dark(#0a5fc2, #6cb2ff));
  --sans: var(--vscode-font-family, system-ui, -apple-system, "Segoe UI", Ubuntu, sans-serif);
  --mono: var(--vscode-editor-font-family, ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace);
  --standard: light-dark(#2563c9, #5b9bf5);
  --pointwise: light-dark(#0f8a7e, #3fbfae);
  --depthwise: light-dark(#b8430f, #f5854f);
  --group: light-dark(#a5760c, #dba93a);
  --dense: light-dark(#7a45c2, #b08cf0);
  --matmul: light-dark(#b5307f, #ec7fbd);
  --composite: light-dark(#4b6584, #8fa9c4);
  --other: light-dark(#8b929b, #737a84);
  --warning: var(--vscode-editorWarning-foreground, light-dark(#9a6700, #e2b340));
  --error: var(--vscode-editorError-foreground, light-dark(#c5221f, #f47067));
  --info: var(--vscode-editorInfo-foreground, light-dark(#0a69da, #4c9df3));
}
body.vscode-dark, body.vscode-high-contrast { color-scheme: dark; }
/* Last, because the light theme of high contrast has the class of the dark one, too. */
body.vscode-light, body.vscode-high-contrast-light { color-scheme: light; }
* { box-sizing: border-box; }
html { scroll-padding-top: 3rem; }
body { margin: 0; padding: 0; background: var(--ground); color: var(--text); font: 13px/1.45 var(--sans); }
main { max-width: 1280px; margin: 0 auto; padding: 20px 24px 48px; }
h1 { font-size: 22px; font-weight: 600; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 14px; font-weight: 600; margin: 0; }
section { margin-top: 28px; }
.heading { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px; margin-bottom: 10px; }
.heading p { margin: 0; }
.muted, .unit { color: var(--muted); }
.mono { font-family: var(--mono); font-size: 12px; }
button, select, input { font: inherit; color: inherit; }
button.link { border: 0; padding: 0; background: none; color: var(--link); cursor: pointer; text-align: left; }
button.link:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; border-radius: 3px; }
header.top { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; }
header.top select { padding: 3px 6px; border: 1px solid var(--vscode-dropdown-border, var(--line)); border-radius: 4px; background: var(--vscode-dropdown-background, var(--card)); max-width: 20rem; }
.facts { display: flex; flex-wrap: wrap; gap: 6px; margin: 12px 0 0; padding: 0; list-style: none; }
.chip { display: inline-flex; align-items: center; gap: 6px; padding: 1px 9px; border: 1px solid var(--line); border-radius: 999px; font-size: 12px; white-space: nowrap; }
.chip b { font-weight: 600; }
.chip.guess { border-style: dashed; border-color: var(--warning); }
.chip.bound { border-color: var(--warning); }
.chip.exact::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: var(--pointwise); }
.chip.bound::before, .chip.failed::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: var(--warning); }
.chip.failed { border-color: var(--error); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 10px; margin-top: 18px; }
.card { padding: 11px 14px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); min-width: 0; }
.card dt { color: var(--muted); font-size: 12px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.card dd { margin: 1px 0 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -.01em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.card dd .unit { font-size: 13px; font-weight: 400; margin-left: 3px; letter-spacing: 0; }
.card dd.note { font-size: 12px; font-weight: 400; color: var(--muted); letter-spacing: 0; }
.card.lead dd.note { white-space: normal; }
.card.lead { grid-column: 1 / -1; }
.card.lead dd:first-of-type { font-size: 34px; line-height: 1.25; }
@media (min-width: 860px) {
  .cards { grid-template-columns: 1.5fr repeat(5, 1fr); }
  .card.lead { grid-column: 1; grid-row: span 2; display: flex; flex-direction: column; justify-content: center; padding-left: 20px; }
  .card.lead dd:first-of-type { font-size: 44px; }
}
.panel { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: 12px 14px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 0 0 0 auto; padding: 0; list-style: none; font-size: 12px; color: var(--muted); }
.legend svg, .kind svg { width: 9px; height: 9px; flex: none; }
.legend li, .kind { display: inline-flex; align-items: center; gap: 5px; white-space: nowrap; }
svg { display: block; }
sub { font-size: .75em; line-height: 0; }
svg .standard { fill: var(--standard); } svg .pointwise { fill: var(--pointwise); } svg .depthwise { fill: var(--depthwise); }
svg .group { fill: var(--group); } svg .dense { fill: var(--dense); } svg .matmul { fill: var(--matmul); }
svg .sum { fill: var(--link); } svg .composite { fill: var(--composite); } svg .other { fill: var(--other); }
.chart { position: relative; padding-left: 52px; padding-bottom: 18px; }
.chart svg.plot { width: 100%; height: ${plotHeight}px; overflow: visible; }
.chart .tick { position: absolute; left: 0; width: 46px; text-align: right; font-size: 11px; line-height: 12px; color: var(--muted); font-variant-numeric: tabular-nums; }
${tickPlaces}
.chart .ends { position: absolute; left: 52px; right: 0; bottom: 0; display: flex; justify-content: space-between; gap: 12px; font-size: 11px; line-height: 14px; color: var(--muted); }
.chart .ends span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.plot .grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.plot .area { fill: var(--standard); opacity: .22; } .plot .edge { fill: none; stroke: var(--standard); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.plot .peak { stroke: var(--depthwise); stroke-width: 1.5; stroke-dasharray: 4 3; vector-effect: non-scaling-stroke; }
.plot .hit { fill: transparent; } .plot g[data-line] { cursor: pointer; } .plot g[data-line]:hover .hit { fill: var(--hover); opacity: .6; } .plot g[data-line]:hover .bar { filter: brightness(1.25); }
.place { margin: 0 0 4px; }
.strip { width: 100%; height: 50px; overflow: visible; }
.strip text { fill: var(--muted); font-size: 11px; text-anchor: middle; } .strip .grid { stroke: var(--line); }
.strip .dot { fill: var(--other); fill-opacity: .55; } .strip .near { fill: var(--standard); stroke: var(--card); }
.strip line.own { stroke: var(--depthwise); stroke-width: 1.5; } .strip circle.own { fill: var(--depthwise); stroke: var(--card); stroke-width: 1.5; }
.strip.plane { height: 220px; } .strip.plane .level { text-anchor: start; } .strip .band { fill: var(--depthwise); opacity: .14; }
.strip circle:hover { stroke: var(--text); stroke-width: 1.5; }
.panel .ends { display: flex; justify-content: space-between; gap: 12px; font-size: 11px; color: var(--muted); } .panel .ends + .place { margin-top: 14px; }
.panel + .scroller { margin-top: 10px; }
.published th { padding: 7px 10px; white-space: normal; } .published tbody th { padding: 3px 10px; font-weight: 400; background: none; border-bottom-color: color-mix(in srgb, var(--line) 55%, transparent); }
.published tbody tr:last-child th { border-bottom: 0; } .published tr.own th, .published tr.own td { font-weight: 600; color: var(--depthwise); }
.note { margin: 8px 2px 0; font-size: 12px; }
.findings { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.findings li { display: grid; grid-template-columns: 4.2rem 1fr auto; gap: 4px 12px; padding: 7px 14px; align-items: baseline; }
.findings li + li { border-top: 1px solid var(--line); }
.findings .rule { font-family: var(--mono); font-size: 12px; font-weight: 600; color: var(--info); }
.findings .warning .rule { color: var(--warning); } .findings .error .rule { color: var(--error); } .findings .hint .rule { color: var(--muted); }
.tools { margin-left: auto; display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; }
.tools input { width: 15rem; padding: 3px 8px; border: 1px solid var(--vscode-input-border, var(--line)); border-radius: 4px; background: var(--vscode-input-background, var(--ground)); color: var(--vscode-input-foreground, inherit); }
.scroller { border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th { padding: 0; font-weight: 600; text-align: left; background: var(--card); border-bottom: 1px solid var(--line); white-space: nowrap; }
th button { width: 100%; padding: 7px 10px; border: 0; background: none; cursor: pointer; font-weight: 600; text-align: inherit; white-space: nowrap; }
th button:hover { background: var(--hover); }
th button::after { content: "↕"; margin-left: 4px; opacity: .35; font-size: 11px; }
th[aria-sort=ascending] button::after { content: "↑"; opacity: 1; color: var(--link); } th[aria-sort=descending] button::after { content: "↓"; opacity: 1; color: var(--link); }
td { padding: 3px 10px; border-bottom: 1px solid color-mix(in srgb, var(--line) 55%, transparent); white-space: nowrap; vertical-align: middle; }
tbody tr:last-child td { border-bottom: 0; }
tbody tr[data-line] { cursor: pointer; }
tbody tr:hover td { background: var(--hover); }
tbody tr:focus-visible { outline-offset: -2px; }
th.number, td.number { text-align: right; }
td.number .unit { display: inline-block; min-width: .9em; margin-left: 2px; text-align: left; }
td.layer { max-width: 26rem; }
td.layer div { display: flex; align-items: baseline; gap: 8px; }
td.layer .mono { overflow: hidden; text-overflow: ellipsis; }
td.layer .muted { font-size: 11px; flex: none; }
${levels}
table.flat tr td.layer { padding-left: 10px; }
tr.block td { font-weight: 600; } tr.block td .muted { font-weight: 400; }
.twist::before { content: "▾"; display: inline-block; width: 1em; color: var(--muted); } tr[aria-expanded=false] .twist::before { content: "▸"; }
.times { color: var(--link); }
table.layers:not(.flat) .lead { display: none; }
table.layers td.layer, table.layers th:nth-child(2) { position: sticky; left: 0; background: var(--ground); z-index: 1; } table.layers th:nth-child(2) { background: var(--card); }
button.tool { padding: 3px 8px; border: 1px solid var(--vscode-contrastBorder, var(--line)); border-radius: 4px; background: var(--card); cursor: pointer; white-space: nowrap; } button.tool[aria-pressed=true] { border-color: var(--focus); color: var(--link); } button.tool:disabled { opacity: .5; cursor: default; }
td.measured { min-width: 5.6rem; }
svg.share { width: 100%; height: 3px; margin-top: 2px; }
svg.share .track { fill: var(--line); opacity: .45; }
tfoot td { border-top: 1px solid var(--line); border-bottom: 0; background: var(--card); font-weight: 600; padding-top: 7px; padding-bottom: 7px; }
.empty { padding: 14px; color: var(--muted); }
footer { margin-top: 28px; color: var(--muted); font-size: 12px; }
[hidden] { display: none !important; }
body.vscode-high-contrast, body.vscode-high-contrast-light { --card: var(--ground); --hover: var(--ground); }
body.vscode-high-contrast tbody tr:hover td, body.vscode-high-contrast-light tbody tr:hover td { outline: 1px dashed var(--vscode-contrastActiveBorder, currentColor); outline-offset: -1px; }
@media (max-width: 859px) {
  .cards { grid-template-columns: repeat(4, 1fr); }
  .card { padding: 8px 10px 7px; }
  .card dt, .card dd.note { font-size: 11px; }
  .card dd { font-size: 18px; }
  main { padding: 16px 14px 40px; }
  td.layer .spare { display: none; }
  td, th button { padding-left: 6px; padding-right: 6px; }
  td.layer { max-width: 11rem; }
  td.measured { min-width: 4.4rem; }
  th:not([aria-sort]) button::after { content: none; }
  .tools { margin-left: 0; }
}
@media (max-width: 460px) { .cards { grid-template-columns: repeat(2, 1fr); } }
@media print { body { --ground: #fff; --card: #fff; --text: #000; } .tools, th button::after { display: none; } }
@media (prefers-reduced-motion: no-preference) { tbody tr td { transition: background-color .08s; } }
`;
