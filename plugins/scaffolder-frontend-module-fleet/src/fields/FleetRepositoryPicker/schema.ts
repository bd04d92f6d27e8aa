import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** A GitOps repository of the fleet, with the parts of its address that actions of Git hosts ask for. */
export const fleetRepositoryPickerSchema = makeFieldSchema({
  output: z =>
    z.object({
      id: z.string().describe('As fleet.repositories calls it'),
      url: z.string(),
      host: z.string().describe('With the port, where the address has one'),
      owner: z.string().describe('User or organization'),
      name: z.string(),
    }),
});
