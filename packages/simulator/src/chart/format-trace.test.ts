import { describe, expect, it } from 'vitest';
import { formatRunTraceLine, isWanted, runTraceHeading } from './format-trace.ts';

const message = {
  time: 35.5,
  from: 'user 14',
  to: 'element 2',
  kind: 'message',
  what: 'ASAP_COOKIE_ECHO',
  detail: 'request 1 at 10 of 20',
} as const;

describe('a line of a trace', () => {
  it('has its columns under the heading', () => {
    const line = formatRunTraceLine(message);
    expect(line).toBe(
      '   35.500000 user 14        element 2      ASAP_COOKIE_ECHO               request 1 at 10 of 20',
    );
    for (const [title, content] of [
      ['from', 'user 14'],
      ['to', 'element 2'],
      ['what', 'ASAP_COOKIE_ECHO'],
      ['detail', 'request 1'],
    ] as const) {
      expect(line.indexOf(content)).toBe(runTraceHeading.search(new RegExp(` ${title}\\b`, 'u')) + 1);
    }
  });

  it('says of a timer that it is one, and names nobody else', () => {
    const line = { ...message, from: 'element 2', kind: 'timer', what: 'fails', detail: '' } as const;
    expect(formatRunTraceLine(line)).toBe('   35.500000 element 2                     timer fails');
  });

  it('is wanted by time, and by sender or receiver', () => {
    const all = { from: 0, until: Infinity, components: [] };
    expect(isWanted(all, message)).toBe(true);
    expect(isWanted({ ...all, from: 36 }, message)).toBe(false);
    expect(isWanted({ ...all, until: 35 }, message)).toBe(false);
    expect(isWanted({ ...all, components: ['element 2'] }, message)).toBe(true);
    expect(isWanted({ ...all, components: ['user 14', 'user 1'] }, message)).toBe(true);
    expect(isWanted({ ...all, components: ['user 1'] }, message)).toBe(false);
  });
});
