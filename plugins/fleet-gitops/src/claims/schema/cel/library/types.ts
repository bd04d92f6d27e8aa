import type { CelValue } from '../types';

/** Functions by signature: `size(string)`, or of a method `<string>.size()`. `any` stands for every type. */
export type Library = Readonly<Record<string, (...args: any[]) => CelValue>>;
