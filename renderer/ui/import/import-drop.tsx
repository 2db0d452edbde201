/** Files dragged over the window, wherever it is: dropped, they are imported. */
import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { takeDroppedFiles } from '../state/imports.ts';
import classes from './import-drop.module.css';

export function ImportDrop() {
  const [dragging, setDragging] = useState(false);
  useEffect(() => followDrags(setDragging), []);
  if (!dragging) return null;
  return (
    <div className={classes.overlay} aria-hidden="true">
      <div className={classes.target}>
        <div className={classes.card}>
          <IconFileImport size={40} stroke={1.5} className={classes.icon} />
          <span className={classes.title}>Drop to import</span>
          <span className={classes.text}>CSV files, one or several</span>
        </div>
      </div>
    </div>
  );
}

/** Listens before anything in the page does. @returns stops listening */
function followDrags(onDragging: (dragging: boolean) => void): () => void {
  const over = (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    onDragging(true);
  };
  const leave = (event: DragEvent) => {
    // Only on the way out of the window is there nothing that is entered instead.
    if (event.relatedTarget === null) onDragging(false);
  };
  const drop = (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    onDragging(false);
    void takeDroppedFiles([...(event.dataTransfer?.files ?? [])]);
  };
  // The mouse moves only when nothing is dragged: the drag ended without a word.
  const move = () => onDragging(false);
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  window.addEventListener('dragenter', over, options);
  window.addEventListener('dragover', over, options);
  window.addEventListener('dragleave', leave, options);
  window.addEventListener('drop', drop, options);
  window.addEventListener('pointermove', move, options);
  return () => listening.abort();
}

function carriesFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
