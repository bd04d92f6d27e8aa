import { main } from './main';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads has had enough, as `head` does.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

main(process.argv).then(code => {
  // Not `process.exit`: what was written to a pipe must arrive.
  process.exitCode = code;
});
