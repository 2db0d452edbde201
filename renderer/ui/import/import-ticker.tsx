/** An import in the sidebar while its dialog is closed: how far it is, or that it has ended. */
import { Progress, UnstyledButton } from '@mantine/core';
import { showImport, useImports } from '../state/imports.ts';
import classes from './import-ticker.module.css';
import { percentOf } from './pace.ts';

export function ImportTicker() {
  const current = useImports((imports) => (imports.isOpen ? null : imports.current));
  if (current?.step === 'running') {
    const percent = current.progress ? percentOf(current.progress) : 0;
    return <Ticker fileName={current.file.name} percent={percent} words={`${percent} %`} />;
  }
  if (current?.step === 'finished') {
    return <Ticker fileName={current.file.name} percent={100} words="Summary" />;
  }
  return null;
}

interface TickerProps {
  fileName: string;
  percent: number;
  words: string;
}

function Ticker({ fileName, percent, words }: TickerProps) {
  return (
    <UnstyledButton className={classes.ticker} onClick={showImport}>
      <span className={classes.words}>
        <span className={classes.name} title={fileName}>
          {fileName}
        </span>
        <span className={classes.state}>{words}</span>
      </span>
      <Progress value={percent} size={4} radius="xl" aria-label="Import progress" />
    </UnstyledButton>
  );
}
