/** A value that changes often, followed at a calm pace. */
import { useEffect, useRef, useState } from 'react';

/** The value as it was at the last of ticks that are `everyMs` apart. */
export function useCalm<T>(value: T, everyMs: number): T {
  const latest = useRef(value);
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  useEffect(() => {
    const timer = setInterval(() => setCalm(latest.current), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return calm;
}
