/** The page around the diagram: its frame, its look, and nothing that may run but the script of the nonce. */

interface PageParts {
  readonly script: string;
  /** Of the webview's own files. */
  readonly source: string;
  readonly nonce: string;
}

const style = `
body { margin: 0; display: flex; flex-direction: column; height: 100vh; color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font: 13px var(--vscode-font-family); }
header { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; padding: 8px 12px; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border)); }
h1 { font-size: 15px; font-weight: 600; margin: 0 6px 0 0; }
header button, header select { font: inherit; border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 3px; padding: 2px 9px; cursor: pointer; }
header button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
header select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border-color: var(--vscode-dropdown-border); }
#status { color: var(--vscode-descriptionForeground); }
#stage { flex: 1; overflow: auto; padding: 8px; }
svg.diagram { display: block; margin: 0 auto; }
.face { fill: var(--vscode-editorWidget-background); stroke: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #8888)); stroke-width: 1; }
.behind { fill: var(--vscode-editorWidget-background); stroke: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #8888)); }
.heat { stroke: #8888; stroke-width: .5; }
.input .face { stroke-dasharray: 4 3; }
.frame rect { fill: none; stroke: var(--vscode-contrastBorder, var(--vscode-panel-border, #8888)); stroke-dasharray: 5 4; }
.edge { fill: none; stroke: var(--vscode-descriptionForeground, #888); stroke-width: 1.2; }
.head { fill: var(--vscode-descriptionForeground, #888); }
text { fill: var(--vscode-editor-foreground); font-family: var(--vscode-editor-font-family, monospace); font-size: 12px; }
text.type, text.shape, text.frame-name { fill: var(--vscode-descriptionForeground); font-size: 11px; }
text.name { font-weight: 600; }
text.share, text.opens { text-anchor: end; }
text.opens, text.frame-name { cursor: pointer; }
.box, .frame { cursor: pointer; outline: none; }
.box:hover .face { stroke: var(--vscode-focusBorder); }
.box:focus-visible .face, .frame:focus-visible rect { stroke: var(--vscode-focusBorder); stroke-width: 2.5; }
`;

export function diagramPage({ script, source, nonce }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}' ${source}; script-src 'nonce-${nonce}';">
<title>Diagram</title><style nonce="${nonce}">${style}</style></head>
<body><header><h1 id="title"></h1><label>Colour by <select id="measure"></select></label>
<button id="out" type="button" title="Smaller (Ctrl and wheel)">−</button><button id="in" type="button" title="Larger (Ctrl and wheel)">+</button><button id="fit" type="button">Fit width</button>
<button id="close" type="button">Close all blocks</button><button id="save" type="button">Save as SVG…</button><span id="status" role="status"></span></header>
<main id="stage"></main><script nonce="${nonce}" src="${script}"></script></body></html>`;
}
