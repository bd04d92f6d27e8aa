import { parametersOfView, viewOfParameters } from './useFleetView';

describe('the view in the address', () => {
  it('comes back as it was written', () => {
    const view = {
      text: 'pay',
      environments: ['prod', 'staging'],
      regions: ['eu-west-1'],
      owners: ['group:default/team-payments'],
      states: ['degraded' as const, 'out-of-sync' as const],
      mine: true,
      lens: 'health' as const,
      density: 'comfortable' as const,
      groupBy: 'owner' as const,
      collapsedGroups: ['owner:group:default/x'],
      collapsedRegions: ['eu-west-1@hub'],
    };
    const parameters = parametersOfView(new URLSearchParams(), view);
    expect(viewOfParameters(new URLSearchParams(String(parameters)))).toEqual(
      view,
    );
  });

  it('leaves out what is as usual and keeps what is not its own', () => {
    const parameters = parametersOfView(
      new URLSearchParams('lens=health&other=1&q=x'),
      { lens: 'version', text: '', mine: false, states: [] },
    );
    expect(String(parameters)).toBe('other=1');
  });

  it('ignores values it does not know', () => {
    expect(
      viewOfParameters(new URLSearchParams('lens=x&state=healthy&state=sad')),
    ).toMatchObject({ lens: 'version', states: ['healthy'] });
  });
});
