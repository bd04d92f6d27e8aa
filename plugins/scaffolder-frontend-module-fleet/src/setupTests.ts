import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The first test of a file waits for what the others find loaded, on a busy machine for longer than the usual second.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);
