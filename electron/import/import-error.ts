/** Why a file can't be read or imported, in words for people. */

export type ImportErrorCode =
  | 'unreadable'
  | 'empty'
  | 'binary'
  | 'spreadsheet'
  | 'changed'
  | 'busy';

export class ImportError extends Error {
  constructor(
    readonly code: ImportErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ImportError';
  }
}

const PROBLEMS: Record<string, string> = {
  ENOENT: 'The file is not there any more. It may have been moved, renamed or deleted.',
  EACCES: 'You are not allowed to read this file. Change its permissions, or copy it elsewhere.',
  EPERM: 'You are not allowed to read this file. Change its permissions, or copy it elsewhere.',
  EBUSY: 'Another program is using this file. Close it there and try again.',
  EISDIR: 'This is a folder. Choose a CSV file in it.',
  EMFILE: 'Too many files are open. Close some programs and try again.',
};

/** What went wrong in the file system, said plainly; other errors as they are. */
export function fileError(error: unknown): Error {
  if (error instanceof ImportError) return error;
  const code = errnoOf(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  const message =
    PROBLEMS[code] ?? `The file can't be read (${code}). Copy it to this computer and try again.`;
  return new ImportError('unreadable', message, { cause: error });
}

function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
