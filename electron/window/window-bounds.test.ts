import { expect, test } from 'vitest';
import { type Bounds, startPlacement } from './window-bounds.ts';

const main: Bounds = { x: 0, y: 0, width: 1920, height: 1040 };
const second: Bounds = { x: 1920, y: -200, width: 2560, height: 1400 };
const kept = (bounds: Bounds, maximized = false) => ({ bounds, maximized });

test('the first window is 1280 by 800, wherever the system puts it', () => {
  expect(startPlacement(null, [main])).toEqual({
    size: { width: 1280, height: 800 },
    position: undefined,
    maximized: false,
  });
});

test('the window comes back where it was', () => {
  const last = kept({ x: 2000, y: -100, width: 1500, height: 900 }, true);
  expect(startPlacement(last, [main, second])).toEqual({
    size: { width: 1500, height: 900 },
    position: { x: 2000, y: -100 },
    maximized: true,
  });
});

test.each<[string, Bounds]>([
  ['a screen that was unplugged', { x: 2000, y: 100, width: 1500, height: 900 }],
  ['above the screen', { x: 100, y: -50, width: 1500, height: 900 }],
  ['below the screen', { x: 100, y: 1030, width: 1500, height: 900 }],
  ['all but off to the left', { x: -1450, y: 100, width: 1500, height: 900 }],
  ['all but off to the right', { x: 1850, y: 100, width: 1500, height: 900 }],
])('%s is no place for it, but the size stays', (_where, bounds) => {
  expect(startPlacement(kept(bounds), [main])).toMatchObject({
    size: { width: 1500, height: 900 },
    position: undefined,
  });
});

test('a window partly off the screen, with its grip in reach, may stay there', () => {
  const bounds = { x: -600, y: 500, width: 1200, height: 900 };
  expect(startPlacement(kept(bounds), [main]).position).toEqual({ x: -600, y: 500 });
});

test('the size fits the screen and the layout', () => {
  const huge = { x: 0, y: 0, width: 9000, height: 9000 };
  expect(startPlacement(kept(huge), [main]).size).toEqual({ width: 1920, height: 1040 });
  const tiny = { x: 0, y: 0, width: 10, height: 10 };
  expect(startPlacement(kept(tiny), [main]).size).toEqual({ width: 900, height: 600 });
  expect(startPlacement(null, [{ ...main, width: 1024, height: 700 }]).size).toEqual({
    width: 1024,
    height: 700,
  });
});
