/** Where the window was last time, and whether it can be there again. */
import path from 'node:path';
import { z } from 'zod';
import { JsonFile } from '../files/json-file.ts';

export const MIN_WIDTH = 900;
export const MIN_HEIGHT = 600;
const DEFAULT_SIZE = { width: 1280, height: 800 };
/** So much of the window's top edge has to be on a screen to be seen and dragged. */
const GRIP_WIDTH = 120;
const GRIP_HEIGHT = 30;

const whole = z.number().int();
export const placementSchema = z.object({
  bounds: z.object({
    x: whole,
    y: whole,
    width: whole.positive(),
    height: whole.positive(),
  }),
  maximized: z.boolean(),
});
export type Placement = z.infer<typeof placementSchema>;
export type Bounds = Placement['bounds'];

export interface StartPlacement {
  size: { width: number; height: number };
  /** Undefined lets the system choose. */
  position: { x: number; y: number } | undefined;
  maximized: boolean;
}

const fileSchema = placementSchema.nullable();
export type PlacementFile = JsonFile<typeof fileSchema>;

export function placementFile(folder: string): PlacementFile {
  return new JsonFile(path.join(folder, 'window.json'), fileSchema, () => null);
}

/** @param areas the usable parts of the screens there are now; the first is the main one's */
export function startPlacement(last: Placement | null, areas: readonly Bounds[]): StartPlacement {
  const wanted = last?.bounds;
  const area = wanted && areas.find((candidate) => isGripOn(wanted, candidate));
  const size = fitted(wanted ?? DEFAULT_SIZE, area ?? areas[0]);
  const position = wanted && area ? { x: wanted.x, y: wanted.y } : undefined;
  return { size, position, maximized: last?.maximized ?? false };
}

function isGripOn(bounds: Bounds, area: Bounds): boolean {
  const left = Math.max(bounds.x, area.x);
  const right = Math.min(bounds.x + bounds.width, area.x + area.width);
  const isTopIn = bounds.y >= area.y && bounds.y + GRIP_HEIGHT <= area.y + area.height;
  return isTopIn && right - left >= GRIP_WIDTH;
}

/** No larger than the screen, no smaller than the layout needs. */
function fitted(size: { width: number; height: number }, area: Bounds | undefined) {
  return {
    width: Math.max(MIN_WIDTH, Math.min(size.width, area?.width ?? size.width)),
    height: Math.max(MIN_HEIGHT, Math.min(size.height, area?.height ?? size.height)),
  };
}
