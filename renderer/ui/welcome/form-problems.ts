/** Which field of a form a refusal from the main process belongs to. */
import type { Problem } from '../problems.ts';

const FIELD_OF_CODE: Record<string, readonly string[]> = {
  'wrong-password': ['password'],
  'email-taken': ['email'],
  'invitation-invalid': ['invitation'],
  offline: ['server'],
};

/** The field to mark, or undefined: the problem then stands above the button. */
export function fieldOfProblem(problem: Problem, values: object): string | undefined {
  return FIELD_OF_CODE[problem.code]?.find((field) => field in values);
}
