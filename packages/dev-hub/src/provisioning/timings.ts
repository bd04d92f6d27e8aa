/** How long the parts of a cluster take to come and go, in milliseconds. */
export interface ProvisioningTimings {
  /** From seen to acted on. */
  react: number;
  /** Network, accounts and whatever else comes first. */
  infrastructure: number;
  /** From infrastructure to an API that answers. */
  controlPlane: number;
  /** One machine, or one managed group of machines. */
  machine: number;
  /** Each stage of a deletion. */
  teardown: number;
}

/** The order of events of real providers, in seconds where these take minutes. */
export const QUICK_TIMINGS: ProvisioningTimings = {
  react: 200,
  infrastructure: 4000,
  controlPlane: 5000,
  machine: 1200,
  teardown: 1500,
};
