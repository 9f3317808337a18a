import { strict as assert } from 'node:assert';
import { svgOf, type Plot } from './plot';

const plot: Plot = {
  title: 'a < b', description: 'two points',
  x: { label: 'x', from: 1, to: 100, ticks: [1, 10, 100], logarithmic: true },
  y: { label: 'y', from: 0, to: 2, ticks: [0, 1, 2] },
  series: [{ name: 'dots', hue: 1, look: 'dots', points: [[1, 0], [10, 1], [1000, 1]] }, { name: 'line', hue: 2, look: 'line', points: [[1, 2], [100, 0]] }],
  notes: [{ x: 10, y: 1, text: 'here' }],
};

describe('plots', () => {
  const svg = svgOf(plot);

  it('puts points where the axes say, and leaves out what lies beyond them', () => {
    // x from 64 to 704, logarithmic; y from 326 up to 44.
    assert.match(svg, /<circle cx="64" cy="326" /);
    assert.match(svg, /<circle cx="384" cy="185" /);
    assert.equal(svg.match(/<circle cx/g)?.length, 2);
    assert.match(svg, /d="M64 44L704 326"/);
  });

  it('has its own ground in light and dark, a name and a description', () => {
    assert.match(svg, /\.ground \{ fill: #ffffff[^]*prefers-color-scheme: dark[^]*\.ground \{ fill: #1e1f22/);
    assert.match(svg, /<title id="title">a &lt; b<\/title><desc id="description">two points<\/desc>/);
    assert.doesNotMatch(svg, /NaN/);
  });
});
