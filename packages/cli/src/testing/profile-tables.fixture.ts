import { type AsapRegistrarLimits, asapTimingProfiles, defaultAsapRegistrarLimits } from '@rserpool/asap';
import { defaultEnrpLimits } from '@rserpool/enrp';
import { defaultHandlespaceLimits } from '@rserpool/handlespace';
import { registrarProfiles } from '@rserpool/registrar';
import { sessionConventions, sessionTimingProfiles } from '@rserpool/session';
import {
  registrarSettings,
  settingDefaults,
  type SettingSection,
} from '../registrar/settings/registrar-settings.ts';
import { formatIpAddress, type MulticastGroup } from '@rserpool/wire';

const names = ['rfc', 'lan', 'wan', 'rsplib'] as const;
type Name = (typeof names)[number];
type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length), title.length),
  );
  const line = (cells: Row): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function text(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en').replaceAll(',', '') : String(value);
}

/** A table of a section of the settings of a registrar: with options, and where the RFCs name them. */
function registrarTable(part: SettingSection['part'], side: SettingSection['side']): string {
  const section = registrarSettings.find((each) => each.part === part && each.side === side);
  const rows = Object.entries(section?.settings ?? {}).map(([key, { option, rfc = '' }]) => [
    `\`${key}\``,
    `\`--${option}\``,
    rfc.replace('section ', ''),
    ...(section === undefined ? [] : settingDefaults(section, key)).map(([, value]) => text(value)),
  ]);
  return table(['setting', 'option', 'RFC', ...names], rows);
}

/** What the reference implementation's options are called here. */
function rsplibOptions(): string {
  const rows = registrarSettings.flatMap(({ settings: each }) =>
    Object.values(each).flatMap(({ option, rsplib }) =>
      rsplib === undefined ? [] : [[`\`${rsplib.replace('rspregistrar ', '')}\``, `\`--${option}\``]],
    ),
  );
  return table(['rspregistrar', 'rserpool registrar'], rows);
}

function settings(of: (name: Name) => object): string {
  const rows = Object.keys(of('rfc')).map((key) => [
    `\`${key}\``,
    ...names.map((name) => text(Object.entries(of(name)).find(([other]) => other === key)?.[1])),
  ]);
  return table(['setting', ...names], rows);
}

function group(of: MulticastGroup | undefined): string {
  return of === undefined ? 'none' : `${formatIpAddress(of.group)}:${of.port}, ${of.timeToLive} hops`;
}

function conventions(): string {
  const asap = (name: Name): AsapRegistrarLimits => ({
    ...defaultAsapRegistrarLimits,
    ...registrarProfiles[name].limits.asap,
  });
  const rows: readonly [string, (name: Name) => unknown][] = [
    ['who wins a takeover', (name) => winners[registrarProfiles[name].takeoverArbitration]],
    ['group of announces', (name) => group(registrarProfiles[name].announceGroup)],
    ['group of presences', (name) => group(registrarProfiles[name].enrpGroup)],
    ['elements in an answer, at most', (name) => asap(name).maximumResolutionItems],
    [
      'elements in an answer, where not asked for more',
      (name) => Math.min(asap(name).defaultResolutionItems, asap(name).maximumResolutionItems),
    ],
    [
      'elements in a message of a table, at most',
      (name) =>
        registrarProfiles[name].limits.enrp.maximumTableElements ?? defaultEnrpLimits.maximumTableElements,
    ],
    [
      'bytes of a pool handle, registrar',
      (name) =>
        registrarProfiles[name].limits.handlespace.maximumPoolHandleBytes ??
        defaultHandlespaceLimits.maximumPoolHandleBytes,
    ],
    ['bytes of a pool handle, element and user', (name) => sessionConventions[name].maximumPoolHandleBytes],
    ['elements send business cards', (name) => (sessionConventions[name].businessCard ? 'yes' : 'no')],
  ];
  return table(
    ['setting', ...names],
    rows.map(([title, of]) => [title, ...names.map((name) => text(of(name)))]),
  );
}

const winners = { rfc: 'larger identifier', rsplib: 'smaller identifier' };

const tables: Readonly<Record<string, () => string>> = {
  conventions,
  'registrar asap': () => registrarTable('timing', 'asap'),
  'registrar enrp': () => registrarTable('timing', 'enrp'),
  'element and user asap': () => settings((name) => asapTimingProfiles[name]),
  sessions: () => settings((name) => sessionTimingProfiles[name]),
  'rspregistrar options': rsplibOptions,
};

/** The names of the tables of docs/profiles.md. */
export const profileTableNames: readonly string[] = Object.keys(tables).slice(0, -1);

/**
 * A document with its tables as the code has the profiles now.
 *
 * @param document - Has each table between `<!-- table: NAME -->` and `<!-- end -->`.
 */
export function withTables(document: string): string {
  return document.replaceAll(
    /<!-- table: (?<name>[a-z ]+) -->[\s\S]*?<!-- end -->/gu,
    (_, name: string) => `<!-- table: ${name} -->\n\n${tables[name]?.() ?? 'no such table'}\n\n<!-- end -->`,
  );
}
