/** What the welcome forms accept, on top of what the server does. */
import { z } from 'zod';
import {
  createTeamSchema,
  joinTeamSchema,
  parseInvitation,
  signInSchema,
} from '../../../shared/protocol/accounts.ts';
import { isServerAddress } from './server-address.ts';

const server = z
  .string()
  .trim()
  .min(1, 'Enter the server’s address')
  .refine(isServerAddress, 'This is no server address. Example: https://sales.example.com');

export const createFormSchema = createTeamSchema
  .pick({ teamName: true, name: true, email: true, password: true })
  .extend({ server });

export const joinFormSchema = joinTeamSchema
  .pick({ name: true, email: true, password: true })
  .extend({
    invitation: z
      .string()
      .trim()
      .min(1, 'Paste the invitation you were sent')
      .refine(
        (text) => parseInvitation(text) !== undefined,
        'This is no invitation. It begins with https:// and holds a # near its end.',
      ),
  });

export const signInFormSchema = signInSchema
  .pick({ email: true, password: true })
  .extend({ server });
