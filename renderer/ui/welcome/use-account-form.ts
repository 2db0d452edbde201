/** A form whose answer is a new state of the app. */
import { schemaResolver, type UseFormReturnType, useForm } from '@mantine/form';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import type { AppState } from '../../../shared/ipc/app-contract.ts';
import { problemOf } from '../problems.ts';
import { fieldOfProblem } from './form-problems.ts';

export interface AccountForm<Values extends object> {
  form: UseFormReturnType<Values>;
  busy: boolean;
  /** A refusal that belongs to no single field. */
  problem: string | null;
  submit(event: FormEvent<HTMLFormElement>): void;
}

interface Options<Values extends object> {
  initialValues: Values;
  schema: z.ZodType<unknown, Values>;
  /** Asks the main process. */
  send(values: Values): Promise<AppState>;
  /** Goes on with its answer. */
  proceed(state: AppState): Promise<void>;
}

/** Validates by the schema, field by field once it was left; keeps what was typed when refused. */
export function useAccountForm<Values extends Record<string, unknown>>(
  options: Options<Values>,
): AccountForm<Values> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values>({
    initialValues: options.initialValues,
    validate: schemaResolver(options.schema, { sync: true }),
    validateInputOnBlur: true,
    clearInputErrorOnChange: true,
  });

  const refuse = (error: unknown) => {
    const refusal = problemOf(error);
    const field = fieldOfProblem(refusal, form.values);
    if (field === undefined) return setProblem(refusal.message);
    form.setErrors({ [field]: refusal.message });
    form.getInputNode(field)?.focus();
  };

  const send = async (values: Values) => {
    setBusy(true);
    setProblem(null);
    try {
      await options.proceed(await options.send(values));
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };

  return {
    form,
    busy,
    problem,
    submit: form.onSubmit(
      (values) => {
        if (!busy) void send(values);
      },
      (errors) => {
        const [first] = Object.keys(options.initialValues).filter((field) => field in errors);
        if (first !== undefined) form.getInputNode(first)?.focus();
      },
    ),
  };
}
