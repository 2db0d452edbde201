/** The table's icons, drawn here: the grid's own need a CSS mask that older runtimes lack. */

const SVG = 'http://www.w3.org/2000/svg';
const UP = 'M8 13V3M4 7l4-4 4 4';
const DOWN = 'M8 3v10M4 9l4 4 4-4';
const OPEN = 'M4 6l4 4 4-4';

function icon(path: string): () => HTMLElement {
  return () => {
    const svg = document.createElementNS(SVG, 'svg');
    const attributes = { viewBox: '0 0 16 16', width: '14', height: '14', fill: 'none' };
    for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
    const line = document.createElementNS(SVG, 'path');
    const stroke = { d: path, stroke: 'currentColor', 'stroke-width': '1.6' };
    for (const [name, value] of Object.entries(stroke)) line.setAttribute(name, value);
    line.setAttribute('stroke-linecap', 'round');
    line.setAttribute('stroke-linejoin', 'round');
    svg.append(line);
    const holder = document.createElement('span');
    holder.style.display = 'inline-flex';
    holder.append(svg);
    return holder;
  };
}

export const gridIcons = {
  sortAscending: icon(UP),
  sortDescending: icon(DOWN),
  selectOpen: icon(OPEN),
};
