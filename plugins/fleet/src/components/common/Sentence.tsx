import { Fragment } from 'react';
import tokens from '../../styles/tokens.module.css';

/** A sentence in which what stands between backticks is shown as code. */
export function Sentence(props: { text: string }) {
  return (
    <>
      {props.text.split(/`([^`]+)`/).map((part, at) =>
        at % 2 === 1 ? (
          <code key={at} className={tokens.code}>
            {part}
          </code>
        ) : (
          <Fragment key={at}>{part}</Fragment>
        ),
      )}
    </>
  );
}
