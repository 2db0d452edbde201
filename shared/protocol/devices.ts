/** Devices and members' access: `/v1/devices`, `/v1/members/:id/deactivate`, `…/reactivate`. */
import { z } from 'zod';

export const deviceSchema = z.object({
  id: z.string(),
  /** What the device calls itself. */
  name: z.string(),
  member: z.object({ id: z.string(), name: z.string() }),
  /** ms since 1970 */
  signedInAt: z.number(),
  /** ms since 1970, to the hour */
  lastUsedAt: z.number(),
  /** The one that asks. */
  current: z.boolean(),
});
export type Device = z.infer<typeof deviceSchema>;

/** Answer of `GET /v1/devices`: agents see their own, admins the whole team's; last used first. */
export const devicesSchema = z.object({ devices: z.array(deviceSchema) });
