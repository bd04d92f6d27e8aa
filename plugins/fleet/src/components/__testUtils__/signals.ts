import { act } from '@testing-library/react';

/** Signals that a test sends itself. */
export const signals = {
  listeners: new Map<string, (message: any) => void>(),
  subscribe(channel: string, listener: (message: any) => void) {
    this.listeners.set(channel, listener);
    return { unsubscribe: () => this.listeners.delete(channel) };
  },
  send(channel: string, message: object) {
    act(() => this.listeners.get(channel)?.(message));
  },
};
