import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * The parameters in the address, and a way to change them in place.
 *
 * @remarks
 * Two changes may come before the address has moved, or from a timer that remembers an older one: each goes on from the last.
 */
export function useAddress(): [
  URLSearchParams,
  (change: (before: URLSearchParams) => URLSearchParams) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  const latest = useRef(parameters);
  useEffect(() => {
    latest.current = parameters;
  }, [parameters]);
  const change = useCallback(
    (next: (before: URLSearchParams) => URLSearchParams) => {
      latest.current = next(latest.current);
      setParameters(latest.current, { replace: true });
    },
    [setParameters],
  );
  return [parameters, change];
}
