/** A person as a small coloured disc with initials. */
import { initialsOf } from '../format.ts';
import classes from './avatar.module.css';
import { hueOf } from './hues.ts';

interface AvatarProps {
  /** What the colour comes from: the same everywhere for one person. */
  id: string;
  name: string;
  size?: number;
}

/** Decorative: the name stands beside it. */
export function Avatar({ id, name, size = 20 }: AvatarProps) {
  const style = { '--avatar-hue': hueOf(id), '--avatar-size': `${size}px` } as React.CSSProperties;
  return (
    <span className={classes.avatar} style={style} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
