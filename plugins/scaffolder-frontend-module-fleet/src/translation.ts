import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * The texts of the fleet's form fields.
 *
 * @public
 */
export const scaffolderFleetTranslationRef = createTranslationRef({
  id: 'scaffolder.fleet',
  messages: {
    common: {
      required: 'Required',
      tryAgain: 'Try again',
    },
    service: {
      title: 'Service',
      notSuggested:
        'The services cannot be suggested. A name can be typed nevertheless.',
    },
    cluster: {
      title: 'Clusters',
      loading: 'Loading the clusters',
      none: 'No cluster is registered in the hubs.',
      chooseOne: 'Choose at least one cluster.',
      chooseThis: 'Choose a cluster.',
      find: 'Find by name or label',
      findHint: 'For example region=eu-west-1',
      environment: 'Environment',
      anyEnvironment: 'All environments',
      region: 'Region',
      anyRegion: 'All regions',
      noRegion: 'No region',
      nothingMatches: 'No cluster matches.',
      chosen_one: '{{count}} cluster chosen',
      chosen_other: '{{count}} clusters chosen',
      why: 'Why?',
      whyOn: 'Why is {{service}} not on {{cluster}}?',
      hasIt: 'has it already',
      lacksIt: 'does not run it',
      pet: 'not declared in Git',
      hubItself: 'the hub itself',
      claimOnly: 'still being made',
    },
    repository: {
      title: 'GitOps repository',
      loading: 'Loading the GitOps repositories',
      none: 'No GitOps repository is configured.',
      choose: 'Choose a GitOps repository.',
    },
    clusterName: {
      title: 'Name of the cluster',
      notCompared: 'The names that are taken cannot be looked up.',
    },
    labels: {
      title: 'Labels',
      seen: 'Labels of other clusters',
      seenOn_one: 'on {{count}} cluster',
      seenOn_other: 'on {{count}} clusters',
      other: 'Other labels',
      otherHint: 'As name=value, separated by commas.',
      failed: 'The labels of other clusters cannot be shown.',
    },
    version: {
      title: 'Version',
      notSuggested:
        'The versions cannot be suggested. One can be typed nevertheless.',
      noTags: 'Tags are not suggested.',
      nameService: 'Name the service first; its versions are suggested then.',
      runsOn: 'runs on {{clusters}}',
      inGitFor: 'in Git for {{clusters}}',
      tag: 'tag {{name}}',
      fromChange: 'from an earlier change',
      more: '{{clusters}} and {{number}} more',
    },
    blueprint: {
      title: 'Blueprint',
      loading: 'Loading the blueprints',
      none: 'No GitOps repository declares a blueprint. Add a file with kind: ClusterBlueprint.',
      parameters: 'Parameters of {{blueprint}}',
      choose: 'Choose a blueprint.',
    },
    plan: {
      region: 'Plan',
      title: 'What this would do',
      missing: 'The plan appears here when these are filled in: {{fields}}.',
      files_one: '{{count}} file',
      files_other: '{{count}} files',
      create: 'new',
      update: 'changed',
      delete: 'deleted',
    },
    review: {
      pending: 'Waiting for the plan.',
      stopped: 'The plan says what stops this. Go back to change it.',
    },
  },
});
