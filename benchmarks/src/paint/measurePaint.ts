import { GeneratedFleet } from '@backstage-fleet/dev-hub';
import { Hubs } from '../read/Hubs';
import { fleetOf, requestedScale, sizeAt } from '../read/size';
import { report } from '../report';
import { percentile } from '../timing';
import { PortalProcess } from './PortalProcess';
import { type Scrolled, Screen } from './Screen';

/** How often the matrix is opened from another page. */
const VISITS = 5;
/** Pixels that the wheel moves the matrix. */
const DISTANCE = 12_500;
const PROBES = 30;
/** A frame that takes longer is felt. */
const SMOOTH_MS = 50;
const TYPED = 'service-0012';

/** The matrix in a browser: how soon it is there, how it scrolls, how soon it shows a change, and how it follows typing. */
export async function measurePaint(): Promise<void> {
  const [fleet] = fleetOf(sizeAt(requestedScale()), 1);
  const hubs = await Hubs.start([fleet]);
  const portal = await PortalProcess.start(hubs.urls);
  try {
    await hubs.tell({ act: 'open' });
    await portal.live();
    const screen = await Screen.open(portal.url);
    try {
      tell('matrix.cold', await screen.load());
      await measureVisits(screen);
      await measureScroll(screen);
      await measureTyping(screen);
      await measureChanges(screen, hubs, new GeneratedFleet(fleet));
    } finally {
      await screen.close();
    }
  } finally {
    await portal.stop();
    await hubs.stop();
  }
}

function tell(name: string, value: number, bar?: number) {
  report({ measure: `paint.${name}.ms`, value, unit: 'ms', bar });
}

async function measureVisits(screen: Screen) {
  const visits = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    visits.push(await screen.navigate());
  }
  const took = visits.map(visit => visit.took);
  tell('matrix.first.p50', percentile(took, 0.5));
  tell('matrix.first', Math.max(...took), 1000);
  tell(
    'matrix.first.processor',
    percentile(
      visits.map(visit => visit.worked),
      0.5,
    ),
  );
}

async function measureScroll(screen: Screen) {
  const down = await screen.scroll('down', DISTANCE);
  await screen.scrollBack();
  const right = await screen.scroll('right', DISTANCE);
  await screen.scrollBack();
  tellFrames('scroll', [down, right]);
}

function tellFrames(name: string, records: Scrolled[]) {
  const frames = records.flatMap(record => record.frames);
  const longTasks = records.flatMap(record => record.longTasks);
  const count = (measure: string, value: number) =>
    report({ measure: `paint.${name}.${measure}`, value, unit: 'share' });
  tell(`${name}.frame.p50`, percentile(frames, 0.5));
  tell(`${name}.frame.p99`, percentile(frames, 0.99), SMOOTH_MS);
  tell(
    `${name}.frame.processor`,
    records.reduce((sum, { worked }) => sum + worked, 0) / frames.length,
  );
  count(
    'slowFrames',
    frames.filter(took => took > SMOOTH_MS).length / frames.length,
  );
  count(
    'blankFrames',
    records.reduce((sum, { blank }) => sum + blank, 0) / frames.length,
  );
  report({
    measure: `paint.${name}.longTasks`,
    value: longTasks.length,
    unit: 'tasks',
  });
  tell(`${name}.longestTask`, Math.max(0, ...longTasks));
}

async function measureTyping(screen: Screen) {
  const delays = await screen.type(TYPED);
  tell('filter.key.p50', percentile(delays, 0.5));
  tell('filter.key.max', Math.max(...delays));
}

/** From a change on the hub to the cell on the screen, and how much of that is the page's own. */
async function measureChanges(
  screen: Screen,
  hubs: Hubs,
  fleet: GeneratedFleet,
) {
  const index = visibleApplication(fleet, await screen.cells());
  const cell = cellOf(fleet, index);
  const whole: number[] = [];
  const page: number[] = [];
  for (let probe = 0; probe < PROBES; probe += 1) {
    const { at, tag } = await hubs.tell({ act: 'probe', index });
    const { painted, answered } = await screen.painted(cell, `${tag},`);
    whole.push(painted - at!);
    page.push(painted - answered);
  }
  tell('change.p50', percentile(whole, 0.5));
  tell('change.p99', percentile(whole, 0.99), 1000);
  tell('change.page.p50', percentile(page, 0.5));
  tell('change.page.p99', percentile(page, 0.99));
}

/** The beginning of the label of an Application's cell. */
function cellOf(fleet: GeneratedFleet, index: number): string {
  return `service-${fleet.serviceOf(index)} on ${fleet.clusterOf(index)}:`;
}

/** The first Application whose cell is drawn. */
function visibleApplication(fleet: GeneratedFleet, cells: string[]): number {
  for (let index = 0; index < fleet.size.applications; index += 1) {
    const cell = cellOf(fleet, index);
    if (cells.some(each => each.startsWith(cell))) return index;
  }
  throw new Error('No Application of the fleet is on the screen.');
}
