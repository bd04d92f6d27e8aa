import { useCallback, useEffect, useRef, useState } from 'react';

/** What a query has so far. */
export interface Loaded<T> {
  value?: T;
  /** The last attempt's error. A value of an earlier attempt stays beside it. */
  error?: unknown;
  loading: boolean;
  /** When a value last came, in milliseconds since 1970. */
  answeredAt?: number;
  reload: () => void;
}

/**
 * Loads something, again when `key` changes or `reload` is called. One request at a time: a reload during a request
 * asks once more afterwards, and an answer for an old key is dropped.
 *
 * @param key - `undefined` loads nothing
 */
export function useLoaded<T>(
  key: string | undefined,
  load: () => Promise<T>,
): Loaded<T> {
  const [state, setState] = useState<{
    key?: string;
    value?: T;
    error?: unknown;
    answeredAt?: number;
  }>({});
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  const run = useRef<{ key: string; again: boolean } | undefined>(undefined);

  const start = useCallback((forKey: string) => {
    if (run.current?.key === forKey) {
      run.current.again = true;
      return;
    }
    const current = { key: forKey, again: false };
    run.current = current;
    const finish = (result: {
      value?: T;
      error?: unknown;
      answeredAt?: number;
    }) => {
      if (run.current !== current) {
        return;
      }
      run.current = undefined;
      setState(before => ({
        key: forKey,
        ...(before.key === forKey && {
          value: before.value,
          answeredAt: before.answeredAt,
        }),
        ...result,
      }));
      if (current.again) {
        start(forKey);
      }
    };
    latest.current().then(
      value => finish({ value, error: undefined, answeredAt: Date.now() }),
      error => finish({ error }),
    );
  }, []);

  useEffect(() => {
    if (key !== undefined) {
      start(key);
    }
    return () => {
      run.current = undefined;
    };
  }, [key, start]);

  const reload = useCallback(() => {
    if (key !== undefined) {
      start(key);
    }
  }, [key, start]);

  const mine = state.key === key ? state : {};
  return {
    value: mine.value,
    error: mine.error,
    answeredAt: mine.answeredAt,
    loading:
      key !== undefined && mine.value === undefined && mine.error === undefined,
    reload,
  };
}
