/** The devices that are signed in: listing them, and revoking one that was lost. */
import type { Device } from '../../shared/protocol/devices.ts';
import { ApiError } from '../errors.ts';
import type { Services } from '../services.ts';
import type { Queryable } from '../store/database.ts';
import { SESSION_IDLE_MS, type SignedIn } from './sessions.ts';

/** Agents see their own, admins the whole team's. */
export async function listDevices(
  database: Queryable,
  { session, team, member }: SignedIn,
  now: number,
): Promise<Device[]> {
  const rows = await database.query<DeviceRow>(
    `SELECT s.id, s.device, s.token, s.created, s.last_used, m.id AS member_id, m.name
     FROM sessions s JOIN members m ON m.id = s.member
     WHERE m.team = $1 AND m.deactivated IS NULL AND s.revoked IS NULL AND s.last_used >= $2
       AND ($3::uuid IS NULL OR m.id = $3::uuid)
     ORDER BY s.last_used DESC, s.id`,
    [team.id, now - SESSION_IDLE_MS, member.role === 'admin' ? null : member.id],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.device,
    member: { id: row.member_id, name: row.name },
    signedInAt: row.created,
    lastUsedAt: row.last_used,
    current: row.token === session,
  }));
}

/** The device's next request is answered with `revoked`. @throws ApiError `not-found` */
export async function revokeDevice(
  { database, sessions, hints, now }: Services,
  { session, team, member }: SignedIn,
  id: string,
): Promise<void> {
  const [row] = await database.query<{ token: string }>(
    `SELECT s.token FROM sessions s JOIN members m ON m.id = s.member
     WHERE s.id = $1 AND m.team = $2 AND s.revoked IS NULL AND s.last_used >= $3
       AND ($4::uuid IS NULL OR m.id = $4::uuid)`,
    [id, team.id, now() - SESSION_IDLE_MS, member.role === 'admin' ? null : member.id],
  );
  if (row === undefined) throw new ApiError('not-found', 'There is no such device any more.');
  await sessions.revoke(row.token, { remotely: row.token !== session }, hints);
}

interface DeviceRow {
  id: string;
  device: string;
  token: string;
  created: number;
  last_used: number;
  member_id: string;
  name: string;
}
