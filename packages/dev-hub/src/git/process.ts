import { spawn } from 'child_process';
import { devNull } from 'os';
import { GitCommandError } from './errors';

/** Settings of the machine and the person must not change what an embedded repository does. */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  LC_ALL: 'C',
};

/** The process environment without variables that would point git at another repository. */
export function gitEnvironment(
  extra: Record<string, string> = {},
): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')),
  );
  return { ...inherited, ...GIT_ENVIRONMENT, ...extra };
}

/** @public */
export interface GitRunOptions {
  input?: string | Uint8Array;
  environment?: Record<string, string>;
  /** Exit codes other than 0 that are an answer, not a failure. */
  accept?: number[];
}

/**
 * Runs the git binary in a bare repository, without a shell.
 *
 * @throws GitCommandError where git ends with an exit code that is neither 0 nor accepted.
 */
export function runGit(
  directory: string,
  args: string[],
  options: GitRunOptions = {},
): Promise<{ stdout: Buffer; exitCode: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [`--git-dir=${directory}`, ...args], {
      cwd: directory,
      env: gitEnvironment(options.environment),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', chunk => stdout.push(chunk));
    child.stderr.on('data', chunk => stderr.push(chunk));
    // Git may end before it has read its input; the exit code then says why.
    child.stdin.on('error', () => {});
    child.once('error', error =>
      reject(
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? new Error(
              `The git command was not found, or ${directory} is gone; install Git 2.38 or newer`,
            )
          : error,
      ),
    );
    child.once('close', code => {
      if (code === 0 || (code !== null && options.accept?.includes(code))) {
        resolve({ stdout: Buffer.concat(stdout), exitCode: code });
      } else {
        reject(
          new GitCommandError(
            args[0],
            code ?? undefined,
            Buffer.concat(stderr).toString('utf8'),
          ),
        );
      }
    });
    child.stdin.end(options.input);
  });
}
