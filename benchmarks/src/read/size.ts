import type { FleetSize } from '@backstage-fleet/dev-hub';

/** Size of the fleet that is read. */
export interface ReadSize {
  applications: number;
  clusters: number;
  services: number;
  bytes: number;
}

const FULL: ReadSize = {
  applications: 50_000,
  clusters: 500,
  services: 1000,
  bytes: 25_000,
};
const SEED = 20_260_101;

/** The fleet at a scale: 1 is 50,000 Applications of 25 KB, of 1,000 services on 500 clusters. */
export function sizeAt(scale: number): ReadSize {
  const part = (full: number) => Math.max(1, Math.round(full * scale));
  return {
    applications: part(FULL.applications),
    clusters: part(FULL.clusters),
    services: part(FULL.services),
    bytes: FULL.bytes,
  };
}

/** The fleet shared out over hubs. */
export function fleetOf(size: ReadSize, hubs: number): FleetSize[] {
  const share = (whole: number) => Math.max(1, Math.ceil(whole / hubs));
  return Array.from({ length: hubs }, (_, hub) => ({
    applications: share(size.applications),
    clusters: share(size.clusters),
    services: size.services,
    bytes: size.bytes,
    seed: SEED + hub,
  }));
}

/** `--scale 0.1` on the command line, or FLEET_BENCH_SCALE; 1 without either. */
export function requestedScale(args: string[] = process.argv): number {
  const flag = args.indexOf('--scale');
  const text =
    flag >= 0 ? args[flag + 1] : process.env.FLEET_BENCH_SCALE ?? '1';
  const scale = Number(text);
  if (!(scale > 0 && scale <= 10)) {
    throw new Error(`--scale ${text} must be a number above 0, up to 10.`);
  }
  return scale;
}
