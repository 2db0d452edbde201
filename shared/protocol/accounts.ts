/** Teams, members and sessions: `/v1/teams`, `/v1/sessions`, `/v1/invitations`, `/v1/join`. */
import { z } from 'zod';
import { parseUrl } from './addresses.ts';

export const MIN_PASSWORD = 8;
const personName = z.string().trim().min(1, 'Enter your name').max(80);
const email = z.email('Enter an e-mail address').max(254);
const newPassword = z
  .string()
  .min(MIN_PASSWORD, `Use at least ${MIN_PASSWORD} characters`)
  .max(200);
/** What the device calls itself in the list of sessions. */
const device = z.string().max(80).default('');

/** ISO 3166-1 alpha-2, as libphonenumber takes it. */
export const countrySchema = z.string().regex(/^[A-Z]{2}$/);

/** `POST /v1/teams` */
export const createTeamSchema = z.object({
  teamName: z.string().trim().min(1, 'Enter a team name').max(80),
  name: personName,
  email,
  password: newPassword,
  /** Country of numbers written without a country code. */
  country: countrySchema,
  /** IANA time zone in which the team's days begin and end. */
  timeZone: z.string().min(1).max(64),
  device,
});
export type CreateTeam = z.input<typeof createTeamSchema>;

/** `POST /v1/join`; the code is the part of the invitation after `#`. */
export const joinTeamSchema = z.object({
  code: z.string().min(1).max(200),
  name: personName,
  email,
  password: newPassword,
  device,
});
export type JoinTeam = z.input<typeof joinTeamSchema>;

/** `POST /v1/sessions` */
export const signInSchema = z.object({
  email,
  password: z.string().min(1, 'Enter your password').max(200),
  device,
});
export type SignIn = z.input<typeof signInSchema>;

export const ROLES = ['admin', 'agent'] as const;

/** Answer of the three above. */
export const sessionSchema = z.object({
  /** Opaque bearer token; stored hashed by the server, never in the renderer. */
  token: z.string().min(20),
  team: z.object({ id: z.string(), name: z.string() }),
  member: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
  }),
});
export type Session = z.infer<typeof sessionSchema>;

/** Answer of `POST /v1/invitations`: `<server address>/join#<code>`. */
export const invitationSchema = z.object({
  invitation: z.string(),
  /** ms since 1970 */
  expiresAt: z.number(),
});

/** Splits an invitation into the server's address and the code, or undefined if it is none. */
export function parseInvitation(text: string): { server: string; code: string } | undefined {
  const url = parseUrl(text);
  if (url === undefined) return undefined;
  const code = url.hash.slice(1);
  if (!/^https?:$/.test(url.protocol) || code === '') return undefined;
  const path = url.pathname.replace(/\/join\/?$/, '').replace(/\/$/, '');
  return { server: url.origin + path, code };
}

/** `GET /v1/health` */
export const healthSchema = z.object({
  ok: z.literal(true),
  app: z.literal('satchel'),
  version: z.string(),
  protocol: z.number(),
});
