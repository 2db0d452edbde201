/** What all steps of an import look like: the file, the matter itself, and the buttons below. */
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './step-frame.module.css';

interface StepFrameProps {
  fileName: string;
  /** What is known of the file, in a few words. */
  details?: ReactNode;
  children: ReactNode;
  /** Buttons, the most important one last. */
  buttons?: ReactNode;
}

export function StepFrame({ fileName, details, children, buttons }: StepFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that led here is gone: keep the keyboard in the dialog, and say where it is.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <div className={classes.file}>
        <IconFileSpreadsheet size={22} stroke={1.5} className={classes.icon} />
        <div className={classes.about}>
          <h2 ref={heading} tabIndex={-1} className={classes.name} title={fileName}>
            {fileName || 'File'}
          </h2>
          {details !== undefined && <p className={classes.details}>{details}</p>}
        </div>
      </div>
      <div className={classes.middle}>{children}</div>
      {buttons !== undefined && <div className={classes.buttons}>{buttons}</div>}
    </>
  );
}
