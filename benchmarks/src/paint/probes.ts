/** These functions run in the page, each on its own: nothing of this file is there but their text. */

/** What they leave in the page. */
interface Probes {
  /** When the last click was made, in milliseconds since the page began to load. */
  clicked?: number;
  /** When cells filled the matrix. */
  filled?: number;
  /** Ends the record of frames. */
  endFrames?: () => FrameRecord;
  /** Ends the record of keys: milliseconds from each to the next frame after it was handled. */
  endKeys?: () => number[];
}

/** What scrolling was like. */
export interface FrameRecord {
  /** Milliseconds from each frame to the next. */
  frames: number[];
  /** Frames that showed a part of the matrix without its cells. */
  blank: number;
  /** Milliseconds of each task over 50. */
  longTasks: number[];
}

declare global {
  interface Window {
    fleetProbes: Probes;
  }
}

/**
 * Waits for the frame in which cells fill the matrix down to its last corner, and for that to be painted: a message that is
 * sent in a frame arrives after it.
 */
export function watchFirstCells(): void {
  const probes: Probes = {};
  window.fleetProbes = probes;
  document.addEventListener(
    'click',
    event => {
      probes.clicked = event.timeStamp;
    },
    { capture: true, once: true },
  );
  const isCell = (x: number, y: number) =>
    Boolean(document.elementFromPoint(x, y)?.closest('[role=gridcell]'));
  const look = () => {
    const grid = document.querySelector('[role=grid]');
    if (grid) {
      const { left, right, top, bottom } = grid.getBoundingClientRect();
      if (
        isCell((left + right) / 2, (top + bottom) / 2) &&
        isCell(right - 30, bottom - 30)
      ) {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          probes.filled = performance.now();
        };
        channel.port2.postMessage(undefined);
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Notes every frame, whether it showed the matrix whole, and every long task, until `endFrames` is called. */
export function recordFrames(): void {
  const grid = document.querySelector<HTMLElement>('[role=grid]')!;
  const head = grid.querySelector<HTMLElement>('[role=columnheader]')!;
  const record: FrameRecord = { frames: [], blank: 0, longTasks: [] };
  const note = (entries: PerformanceEntryList) =>
    entries.forEach(({ duration }) => record.longTasks.push(duration));
  const observer = new PerformanceObserver(list => note(list.getEntries()));
  observer.observe({ type: 'longtask' });

  /** The first and last pixel of elements, by two of their styles. */
  const extent = (elements: Element[], start: 'top' | 'left') => {
    const size = start === 'top' ? 'height' : 'width';
    const starts = elements.map(element =>
      parseFloat((element as HTMLElement).style[start]),
    );
    const ends = elements.map(
      (element, at) =>
        starts[at] + parseFloat((element as HTMLElement).style[size]),
    );
    return [Math.min(...starts), Math.max(...ends)];
  };
  // A pixel for borders and rounding.
  const covers = ([start, end]: number[], from: number, to: number) =>
    start <= from + 1 && end >= to - 2;
  const isWhole = () => {
    const lines = Array.from(grid.querySelectorAll('[role=rowheader]')).map(
      line => line.parentElement!,
    );
    const middle = lines[Math.floor(lines.length / 2)];
    const cells = Array.from(middle.querySelectorAll('[role=gridcell]'));
    return (
      covers(
        extent(lines, 'top'),
        grid.scrollTop + head.offsetHeight,
        grid.scrollTop + grid.clientHeight,
      ) &&
      covers(
        extent(cells, 'left'),
        grid.scrollLeft + head.offsetWidth,
        grid.scrollLeft + grid.clientWidth,
      )
    );
  };
  let request = 0;
  let last: number | undefined;
  const frame = (now: number) => {
    if (last !== undefined) record.frames.push(now - last);
    last = now;
    if (!isWhole()) record.blank += 1;
    request = requestAnimationFrame(frame);
  };
  request = requestAnimationFrame(frame);
  window.fleetProbes.endFrames = () => {
    cancelAnimationFrame(request);
    note(observer.takeRecords());
    observer.disconnect();
    return record;
  };
}

/** Notes how long each key takes until the next frame after it was handled is painted, until `endKeys` is called. */
export function recordKeys(): void {
  const delays: number[] = [];
  const onKeyDown = (event: KeyboardEvent) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        delays.push(performance.now() - event.timeStamp);
      };
      channel.port2.postMessage(undefined);
    });
  };
  document.addEventListener('keydown', onKeyDown, { capture: true });
  window.fleetProbes.endKeys = () => {
    document.removeEventListener('keydown', onKeyDown, { capture: true });
    return delays;
  };
}

/** When a cell said something, in milliseconds since 1970. */
export interface CellPaint {
  painted: number;
  /** When the answer that brought it was asked for, and when it had arrived. */
  asked: number;
  answered: number;
}

/** Waits until a cell, found by the beginning of its label, has a text in its label. */
export function cellPainted(wanted: {
  cell: string;
  text: string;
}): Promise<CellPaint> {
  const selector = `[role=gridcell][aria-label^="${wanted.cell}"]`;
  return new Promise(resolve => {
    const look = () => {
      const label = document
        .querySelector(selector)
        ?.getAttribute('aria-label');
      if (!label?.includes(wanted.text)) {
        requestAnimationFrame(look);
        return;
      }
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const now = performance.now();
        const deltas = performance
          .getEntriesByType('resource')
          .filter(({ name }) => /\/matrix\?since=\d+$/.test(name));
        const { startTime, responseEnd } = deltas[
          deltas.length - 1
        ] as PerformanceResourceTiming;
        performance.clearResourceTimings();
        const since1970 = (time: number) => performance.timeOrigin + time;
        resolve({
          painted: since1970(now),
          asked: since1970(startTime),
          answered: since1970(responseEnd),
        });
      };
      channel.port2.postMessage(undefined);
    };
    requestAnimationFrame(look);
  });
}
