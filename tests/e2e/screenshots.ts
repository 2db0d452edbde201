/** Pictures of what a test shows, in light and dark and two sizes, to be looked at by a designer. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Laptop, ROOT } from './launch.ts';

const FOLDER = path.join(ROOT, 'tests', 'e2e', 'output');
const SIZES = [
  [1280, 800],
  [1920, 1080],
] as const;

/** Saves `<name>-<scheme>-<width>.png` for each, and leaves the window as it was at first. */
export async function shoot({ app, page }: Laptop, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const window = await app.browserWindow(page);
  const before = await window.evaluate((one) => one.getContentSize());
  for (const [width, height] of SIZES) {
    await window.evaluate((one, size) => one.setContentSize(size[0], size[1]), [width, height]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const file = path.join(FOLDER, `${name}-${colorScheme}-${width}.png`);
      await page.screenshot({ path: file });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await window.evaluate((one, size) => one.setContentSize(size[0] ?? 1280, size[1] ?? 800), before);
}
