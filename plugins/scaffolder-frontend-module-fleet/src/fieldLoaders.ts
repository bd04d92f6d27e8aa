/** The form fields by their `ui:field`, each loaded when it is needed. */
export const fieldLoaders = {
  FleetServicePicker: () =>
    import('./fields/FleetServicePicker').then(
      module => module.fleetServicePicker,
    ),
  FleetVersionPicker: () =>
    import('./fields/FleetVersionPicker').then(
      module => module.fleetVersionPicker,
    ),
  FleetClusterPicker: () =>
    import('./fields/FleetClusterPicker').then(
      module => module.fleetClusterPicker,
    ),
  FleetClusterName: () =>
    import('./fields/FleetClusterName').then(module => module.fleetClusterName),
  FleetClusterLabels: () =>
    import('./fields/FleetClusterLabels').then(
      module => module.fleetClusterLabels,
    ),
  FleetBlueprintPicker: () =>
    import('./fields/FleetBlueprintPicker').then(
      module => module.fleetBlueprintPicker,
    ),
  FleetRepositoryPicker: () =>
    import('./fields/FleetRepositoryPicker').then(
      module => module.fleetRepositoryPicker,
    ),
  FleetPlanPreview: () =>
    import('./fields/FleetPlanPreview').then(module => module.fleetPlanPreview),
};

/** A `ui:field` of the fleet. */
export type FieldName = keyof typeof fieldLoaders;
