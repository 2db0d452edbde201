/** A box that can't be overlooked: a warning, or what went wrong. */
import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  tone: 'warning' | 'danger';
  title: string;
  children: ReactNode;
}

const parts = {
  root: classes.notice ?? '',
  icon: classes.icon ?? '',
  title: classes.title ?? '',
  message: classes.message ?? '',
};

export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <Alert
      role="alert"
      title={title}
      icon={<IconAlertTriangle size={18} stroke={1.75} />}
      data-tone={tone}
      classNames={parts}
    >
      {children}
    </Alert>
  );
}
