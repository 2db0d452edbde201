/** Who has worked on this laptop: `profiles.json` in the data folder. */
import path from 'node:path';
import { z } from 'zod';
import { type Profile, profileSchema, withdrawnSchema } from '../../shared/ipc/app-contract.ts';
import { JsonFile } from '../files/json-file.ts';

export type TeamProfile = Extract<Profile, { kind: 'team' }>;

export const profilesSchema = z.object({
  version: z.literal(1),
  /** Store of the profile that the window shows; null for the welcome screen. */
  current: z.string().nullable(),
  profiles: z.array(profileSchema),
  /** Address of the server signed in to last, '' if there was none. */
  lastServer: z.string(),
  /** Stores that must go, since their device or member has no access any more. */
  withdrawn: z.array(withdrawnSchema).default([]),
});
export type Profiles = z.infer<typeof profilesSchema>;

export function noProfiles(): Profiles {
  return { version: 1, current: null, profiles: [], lastServer: '', withdrawn: [] };
}

export type ProfilesFile = JsonFile<typeof profilesSchema>;

export function profilesFile(folder: string): ProfilesFile {
  return new JsonFile(path.join(folder, 'profiles.json'), profilesSchema, noProfiles);
}

/** The profile whose store is `store`. */
export function profileOf({ profiles }: Profiles, store: string | null): Profile | undefined {
  return profiles.find((profile) => profile.store === store);
}

/** `profiles` with `profile` in it, in the place of the one with its store. */
export function withProfile(profiles: Profiles, profile: Profile): Profiles {
  const others = profiles.profiles.filter(({ store }) => store !== profile.store);
  return { ...profiles, profiles: [...others, profile] };
}
