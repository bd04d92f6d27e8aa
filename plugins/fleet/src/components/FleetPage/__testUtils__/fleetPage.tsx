import { Matrix } from '@backstage-fleet/plugin-fleet-common';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { screen } from '@testing-library/react';
import { FleetApi, fleetApiRef } from '../../../api';
import { FleetPage } from '../FleetPage';
import {
  CellInput,
  clusterOf,
  fleetApiOf,
  hubOf,
  matrixOf,
  serviceOf,
} from '../../../testing/fleet';
import { signals } from '../../__testUtils__/signals';

/** Three clusters on two hubs: `ap` prod, `eu` dev and prod. */
export const clusters = [
  clusterOf('ap', 'prod', 'hub-ap'),
  clusterOf('eu', 'dev', 'hub-eu'),
  clusterOf('eu', 'prod', 'hub-eu'),
];

/** Two services of two owners; the person who looks belongs to the first. */
export const services = [
  serviceOf('payments', { owner: 'group:default/pay' }),
  serviceOf('search', { owner: 'group:default/shop' }),
];

/** A full answer of `/matrix` on these axes. */
export function matrixAnswer(
  cells: CellInput[],
  more: Partial<Parameters<typeof matrixOf>[0]> = {},
): Matrix {
  return matrixOf({
    services,
    clusters,
    hubs: [hubOf('hub-ap'), hubOf('hub-eu')],
    cells,
    ...more,
  });
}

/**
 * Opens the fleet page. It returns at once, not as a promise: what the page loads arrives while the test looks for it,
 * and never in between, where React would warn of it.
 */
export function openFleetPage(
  given: Partial<FleetApi>,
  permission: unknown = mockApis.permission(),
) {
  const api = fleetApiOf(given);
  renderInTestApp(<FleetPage />, {
    apis: [
      [fleetApiRef, api],
      [signalApiRef, signals],
      [permissionApiRef, permission],
      [
        identityApiRef,
        mockApis.identity({ ownershipEntityRefs: ['group:default/pay'] }),
      ],
    ] as any,
  });
  return api;
}

/** The cell with this accessible name, once it is there. */
export function cell(name: RegExp) {
  return screen.findByRole('gridcell', { name });
}
