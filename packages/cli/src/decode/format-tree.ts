import { errorCauseNames } from '@rserpool/wire';
import { formatIdentifier } from '../options/identifier.ts';
import type { Plain } from './to-plain.ts';

/**
 * A message as a tree for people: a line for each field, indented by two spaces a level.
 *
 * @param message - What `toPlain` made of a message: an object with a `type`.
 */
export function formatTree(message: Plain): string {
  if (!isObject(message)) return JSON.stringify(message);
  const { type, ...fields } = message;
  return [typeof type === 'string' ? type : 'message', ...formatFields(fields, 1)].join('\n');
}

function formatFields(fields: { readonly [key: string]: Plain }, level: number): string[] {
  return Object.entries(fields).flatMap(([name, value]) => formatField(name, value, level));
}

function formatField(name: string, value: Plain, level: number): string[] {
  const indent = '  '.repeat(level);
  if (Array.isArray(value)) {
    if (value.every((item) => !isObject(item)))
      return [`${indent}${name}: ${value.map(String).join(', ') || '(none)'}`];
    return value.flatMap((item, index) => formatField(`${name} #${index + 1}`, item as Plain, level));
  }
  if (isObject(value)) return [`${indent}${name}:`, ...formatFields(value, level + 1)];
  return [`${indent}${name}: ${formatScalar(name, value)}`];
}

function formatScalar(name: string, value: Plain): string {
  if (typeof value === 'string') return value === '' ? '(empty)' : value;
  if (typeof value !== 'number') return JSON.stringify(value);
  if (name === 'code') return `${value} (${errorCauseNames[value] ?? 'unknown cause'})`;
  const isIdentifier = /identifier$|^homeRegistrar$/iu.test(name);
  return isIdentifier ? `${formatIdentifier(value)}` : String(value);
}

function isObject(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
