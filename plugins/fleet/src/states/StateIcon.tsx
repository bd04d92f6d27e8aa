import { ReactElement } from 'react';
import { CellState } from '../matrix/cellView';

const LINE = {
  fill: 'none',
  stroke: 'currentColor',
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** Every state has its own shape, so that it reads without colour. Drawn on 16 by 16. */
const SHAPES: Record<CellState, ReactElement> = {
  healthy: <circle cx="8" cy="8" r="3.25" fill="currentColor" />,
  progressing: (
    <path {...LINE} strokeWidth="2" d="M8 2.6A5.4 5.4 0 1 1 2.6 8" />
  ),
  degraded: (
    <path
      fill="currentColor"
      fillRule="evenodd"
      d="M5 1h6l4 4v6l-4 4H5l-4-4V5zM7 4v5.2h2V4zm0 6.6v2h2v-2z"
    />
  ),
  'out-of-sync': (
    <path
      {...LINE}
      strokeWidth="1.6"
      d="M2.2 6h11.3L10 2.6M13.8 10H2.5L6 13.4"
    />
  ),
  missing: (
    <g {...LINE} strokeWidth="1.6">
      <rect
        x="2"
        y="2"
        width="12"
        height="12"
        rx="2"
        strokeDasharray="2.6 2.4"
      />
      <path d="M6 6l4 4M10 6l-4 4" />
    </g>
  ),
  suspended: (
    <g fill="currentColor">
      <rect x="3.6" y="2.8" width="3" height="10.4" rx="1" />
      <rect x="9.4" y="2.8" width="3" height="10.4" rx="1" />
    </g>
  ),
  unknown: (
    <>
      <g {...LINE} strokeWidth="1.4">
        <circle cx="8" cy="8" r="6.2" />
        <path d="M6.2 6.3a1.9 1.9 0 1 1 2.6 1.8c-.55.22-.8.6-.8 1.1" />
      </g>
      <circle cx="8" cy="11.4" r=".95" fill="currentColor" />
    </>
  ),
  stale: (
    <g {...LINE} strokeWidth="1.5">
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 4.9V8l2.2 1.5" />
    </g>
  ),
  unreachable: (
    <g {...LINE} strokeWidth="1.5">
      <circle cx="3.2" cy="8" r="2" />
      <circle cx="12.8" cy="8" r="2" />
      <path strokeWidth="1.7" d="M6.6 13 9.4 3" />
    </g>
  ),
  'not-deployed': <path {...LINE} strokeWidth="1.6" d="M5 8h6" />,
  'not-evaluable': (
    <g {...LINE}>
      <path strokeWidth="1.4" d="M8 1.7l5.5 3.15v6.3L8 14.3l-5.5-3.15v-6.3z" />
      <path strokeWidth="1.9" d="M5.3 8h.01M8 8h.01M10.7 8h.01" />
    </g>
  ),
  'no-access': (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1.5" fill="currentColor" />
      <path {...LINE} strokeWidth="1.5" d="M5.4 7V5a2.6 2.6 0 0 1 5.2 0v2" />
    </>
  ),
};

/** The shape of a state, without its word: whoever shows it also says the word, or gives it to assistive technology. */
export function StateIcon(props: {
  state: CellState;
  size?: number;
  className?: string;
}) {
  const { state, size = 14, className } = props;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      data-state={state}
      className={className}
    >
      {SHAPES[state]}
    </svg>
  );
}
