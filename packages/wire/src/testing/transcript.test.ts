import { describe, expect, it } from 'vitest';
import { RserpoolError } from '../rserpool-error.ts';
import { replayTranscript, transcriptTitle } from './transcript.ts';
import type { TranscriptHandlers } from './transcript.ts';

function counting(): TranscriptHandlers {
  let count = 0;
  return {
    add: (command) => {
      count += command.number(0);
      return [`count=${count}`, ...(command.has('twice') ? ['', 'again'] : [])];
    },
    quiet: () => undefined,
    options: (command) => [
      `${command.option('text')} ${command.numberOption('n')} ${command.numbersOption('list').join('+')}`,
      JSON.stringify(command.otherNumbers()),
    ],
  };
}

const written =
  '# a title\n\nadd 2\n----\ncount=2\n\n# a remark\nquiet\n----\n\nadd 3 twice\n----\ncount=5\nagain\n';

describe('a transcript', () => {
  it('is filled in below its commands', () => {
    const commands = '# a title\n\nadd 2\n\n# a remark\nquiet\n\nadd 3 twice\n';
    expect(replayTranscript(commands, counting())).toBe(written);
  });

  it('that tells what happens stays as it is', () => {
    expect(replayTranscript(written, counting())).toBe(written);
  });

  it('that tells something else is put right', () => {
    expect(replayTranscript(written.replace('count=5', 'count=6\nand more'), counting())).toBe(written);
  });

  it('has options of words, numbers and lists', () => {
    const text = replayTranscript('options text=a=b n=-1.5 list=1,2 other=3\n', counting());
    expect(text).toBe('options text=a=b n=-1.5 list=1,2 other=3\n----\na=b -1.5 1+2\n{"other":3}\n');
  });

  it.each([
    ['\nsubtract 1', "line 2: 'subtract' is no command; there are: add, options, quiet"],
    ['add', "line 1: 'add' has no word 1"],
    ['add two', "line 1: 'add' wants a number, not 'two'"],
    ['add 1 2', "line 1: 'add' does not know 2"],
    ['quiet please=1', "line 1: 'quiet' does not know please"],
    ['toString', "line 1: 'toString' is no command"],
  ])('refuses %j', (text, message) => {
    let thrown: unknown;
    try {
      replayTranscript(text, counting());
    } catch (error) {
      thrown = error;
    }
    expect(RserpoolError.is(thrown, 'ERR_RSERPOOL_INVALID_ARGUMENT')).toBe(true);
    expect(String(thrown)).toContain(message);
  });

  it('has a title', () => {
    expect(transcriptTitle(written)).toBe('a title');
    expect(() => transcriptTitle('add 2')).toThrow("not with 'add 2'");
  });
});
