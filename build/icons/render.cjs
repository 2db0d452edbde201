// Draws the PNGs beside it from their SVGs: electron [--no-sandbox] build/icons/render.cjs
'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { app, BrowserWindow } = require('electron');

/** @type {[source: string, target: string, pixels: number][]} */
const ICONS = [
  ['icon.svg', 'icon.png', 512],
  ['tray.svg', 'tray.png', 22],
  ['tray.svg', 'tray@2x.png', 44],
  ['trayTemplate.svg', 'trayTemplate.png', 22],
  ['trayTemplate.svg', 'trayTemplate@2x.png', 44],
];

/**
 * @param {import('electron').WebContents} page
 * @param {string} svg
 * @param {number} pixels
 */
async function render(page, svg, pixels) {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  const url = await page.executeJavaScript(`new Promise((resolve, reject) => {
    const image = new Image();
    image.onerror = reject;
    image.onload = () => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = ${pixels};
      canvas.getContext('2d').drawImage(image, 0, 0, ${pixels}, ${pixels});
      resolve(canvas.toDataURL('image/png'));
    };
    image.src = ${JSON.stringify(source)};
  })`);
  return Buffer.from(url.split(',')[1], 'base64');
}

async function run() {
  await app.whenReady();
  const window = new BrowserWindow({ show: false });
  await window.loadURL('about:blank');
  for (const [source, target, pixels] of ICONS) {
    const svg = readFileSync(path.join(__dirname, source), 'utf8');
    writeFileSync(path.join(__dirname, target), await render(window.webContents, svg, pixels));
  }
}

run().then(
  () => app.exit(0),
  (error) => {
    console.error(error);
    app.exit(1);
  },
);
