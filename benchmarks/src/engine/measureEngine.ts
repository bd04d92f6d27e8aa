import { measureEdits } from './edits';
import {
  measureEvaluation,
  measureIncremental,
  measurePlan,
} from './evaluation';
import { measureExplain } from './explain';
import { fleetRepository } from './fleet';

const SIZE = { clusters: 500, services: 200 };
const TOTAL = SIZE.clusters * SIZE.services;

/**
 * The GitOps engine on 500 clusters and 200 ApplicationSets, which are 100,000 Applications.
 */
export function measureEngine(): void {
  const repository = fleetRepository(SIZE);
  measureEvaluation(repository, TOTAL);
  measureIncremental(repository, TOTAL);
  measurePlan(repository);
  const withoutServices = [3, 50, 111, 198];
  measureExplain(fleetRepository({ ...SIZE, withoutServices }), {
    ...SIZE,
    withoutServices,
  });
  measureEdits();
}
