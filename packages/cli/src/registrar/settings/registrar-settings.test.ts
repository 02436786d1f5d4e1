import { defaultAsapRegistrarLimits } from '@rserpool/asap';
import { defaultEnrpLimits } from '@rserpool/enrp';
import { defaultHandlespaceLimits } from '@rserpool/handlespace';
import { registrarProfiles } from '@rserpool/registrar';
import { defaultDecodeLimits } from '@rserpool/wire';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { registrarSettings, settingDefaults } from './registrar-settings.ts';
import { addSettings, dataText, settingsOf } from './setting-options.ts';

const all = registrarSettings.flatMap((section) =>
  Object.entries(section.settings).map(([key, setting]) => ({ section, key, setting })),
);

function parse(...argv: string[]): ReturnType<typeof settingsOf> {
  const command = addSettings(new Command().exitOverride().configureOutput({ writeErr: () => undefined }));
  command.parse(argv, { from: 'user' });
  return settingsOf(command.opts());
}

describe('the settings of a registrar', () => {
  it('are an option for every timer, rule and limit of the machines', () => {
    const keys = Object.fromEntries(
      registrarSettings.map(({ part, side, settings }) => [
        `${part}.${side}`,
        Object.keys(settings).toSorted(),
      ]),
    );
    expect(keys).toEqual({
      'timing.asap': Object.keys(registrarProfiles.rfc.asap).toSorted(),
      'timing.enrp': Object.keys(registrarProfiles.rfc.enrp).toSorted(),
      'limits.asap': Object.keys(defaultAsapRegistrarLimits).toSorted(),
      'limits.enrp': Object.keys(defaultEnrpLimits).toSorted(),
      'limits.handlespace': Object.keys(defaultHandlespaceLimits).toSorted(),
      'limits.decode': Object.keys(defaultDecodeLimits).toSorted(),
    });
  });

  it('have a name each', () => {
    const names = all.map(({ setting }) => setting.option);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(all.map((each) => [`--${each.setting.option}`, each] as const))(
    '%s takes what the profiles have, and it arrives',
    (option, { section, key }) => {
      for (const [, value] of settingDefaults(section, key)) {
        const { timing, limits } = parse(option, dataText(value));
        const parts = { timing: {}, limits: {}, [section.part]: { [section.side]: { [key]: value } } };
        expect({ timing, limits }).toEqual(parts);
      }
    },
  );

  it('are left to the profile where the command line says nothing', () => {
    expect(parse()).toEqual({ timing: {}, limits: {} });
  });

  it('of several parts come together', () => {
    expect(
      parse('--max-peers', '7', '--max-mentor-rounds', '2', '--max-resolution-rate', 'unlimited'),
    ).toEqual({
      timing: {},
      limits: {
        enrp: { maximumPeers: 7, maximumMentorRounds: 2 },
        asap: { maximumResolutionsPerSecond: Number.POSITIVE_INFINITY },
      },
    });
  });

  it.each([
    ['--max-time-last-heard', '0', /allowed is an integer from 1 to 86400000/u],
    ['--max-time-last-heard', '1.5', /allowed is an integer/u],
    ['--endpoint-keep-alive-jitter', '1.1', /allowed is a number from 0 to 1/u],
    ['--max-resolution-rate', 'fast', /or unlimited/u],
    ['--bad-report-rule', 'sometimes', /Allowed choices are exceeds, reaches/u],
    ['--probe-on-report', 'maybe', /Allowed choices are yes, no/u],
  ])('%s is not %s', (option, value, message) => {
    expect(() => parse(option, value)).toThrow(message);
  });
});
