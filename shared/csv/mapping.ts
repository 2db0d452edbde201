/** What a file holds, and which of its columns become which fields. */
import { z } from 'zod';
import { fieldTypeSchema } from '../lead/fields.ts';
import { DUPLICATE_MODES } from '../lead/intake.ts';
import { countrySchema } from '../protocol/accounts.ts';

/** Where a column's values go. */
export const columnTargetSchema = z.discriminatedUnion('to', [
  z.object({ to: z.literal('nothing') }),
  z.object({ to: z.literal('phone') }),
  z.object({ to: z.literal('name') }),
  /** Part of the customer's name: the first fills Customer Name, the last its own field. */
  z.object({ to: z.literal('firstName') }),
  z.object({ to: z.literal('lastName') }),
  /** Country of the row's phone number; kept as a field besides. */
  z.object({ to: z.literal('country') }),
  /** A custom field, made on import unless it exists. */
  z.object({ to: z.literal('custom'), label: z.string().min(1).max(80), type: fieldTypeSchema }),
]);
export type ColumnTarget = z.infer<typeof columnTargetSchema>;

export const csvFormatSchema = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  /** One character, but not one that CSV has another use for. */
  delimiter: z.string().regex(/^[^"\r\n\ufeff]$/),
  /** Whether the first row names the columns. */
  hasHeader: z.boolean(),
});
export type CsvFormat = z.infer<typeof csvFormatSchema>;

/** What a look at a file found, before anything is imported. */
export const inspectionSchema = z.object({
  fileName: z.string(),
  bytes: z.number(),
  format: csvFormatSchema,
  columns: z.array(
    z.object({
      /** The header, or `Column 3` without one. */
      label: z.string(),
      /** First few non-blank values. */
      samples: z.array(z.string()),
      suggested: columnTargetSchema,
    }),
  ),
  /** Estimated from the first part of the file for long files; exact where `exact` is true. */
  rows: z.object({ count: z.number(), exact: z.boolean() }),
});
export type Inspection = z.infer<typeof inspectionSchema>;

export const importPlanSchema = z.object({
  format: csvFormatSchema,
  /** One for each column of the file, in order. */
  targets: z.array(columnTargetSchema),
  mode: z.enum(DUPLICATE_MODES),
  /** Country of numbers without a country code. */
  country: countrySchema,
});
export type ImportPlan = z.infer<typeof importPlanSchema>;
