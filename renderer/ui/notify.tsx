/** Short notices in the corner. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import classes from './notify.module.css';

const READING_MS = 5000;
const UNDO_MS = 8000;
let changes = 0;

/** Something went as it should. @param replaces a notice to turn into this one */
export function notifyDone(message: string, replaces?: string): void {
  show(replaces, {
    message,
    icon: <IconCheck size={16} />,
    color: 'green',
    loading: false,
    autoClose: READING_MS,
    withCloseButton: true,
  });
}

/** Something went wrong: stays until it is closed. */
export function notifyProblem(title: string, message: string, replaces?: string): void {
  show(replaces, {
    title,
    message,
    icon: <IconAlertTriangle size={16} />,
    color: 'red',
    loading: false,
    autoClose: false,
    withCloseButton: true,
  });
}

/** Something takes a while. @returns the notice's id, to replace it by its outcome */
export function notifyWorking(message: string): string {
  return notifications.show({ message, loading: true, autoClose: false, withCloseButton: false });
}

/** News without good or bad. */
export function notifyNews(message: string): void {
  notifications.show({ message, color: 'indigo', autoClose: READING_MS });
}

/** A change was made, which can be taken back from here for a while. */
export function notifyUndoable(message: string, undo: () => void): void {
  // One at a time: undo takes back the latest change, so an older offer would mislead.
  notifications.hide(changeNotice(changes));
  const id = changeNotice(++changes);
  const takeBack = () => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    message: (
      <span className={classes.undoable}>
        <span className={classes.message}>{message}</span>
        <Button size="compact-xs" variant="default" onClick={takeBack}>
          Undo
        </Button>
      </span>
    ),
    icon: <IconCheck size={16} />,
    color: 'green',
    autoClose: UNDO_MS,
    withCloseButton: true,
  });
}

function changeNotice(change: number): string {
  return `change-${change}`;
}

type Notice = Parameters<typeof notifications.show>[0];

function show(replaces: string | undefined, notice: Notice): void {
  if (replaces === undefined) notifications.show(notice);
  else notifications.update({ ...notice, id: replaces });
}
