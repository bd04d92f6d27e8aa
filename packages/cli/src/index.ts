import { main } from './main';

main(process.argv).then(code => {
  // Not `process.exit`: what was written to a pipe must arrive.
  process.exitCode = code;
});
