import { RserpoolError } from '@rserpool/wire';
import { describeKind, isOfKind, type ParameterKind, readKind } from '../../evaluation/parameter-kinds.ts';
import type { Assignment } from '../scenario/scenario.ts';
import type { Subject, SubjectParameter } from '../scenario/subject.ts';
import { cookieInterval } from './cookie-interval.ts';

/** A figure that follows from a formula: no run is simulated. */
export interface Formula extends Subject {
  /** Its metrics. All parameters have to be there. */
  readonly evaluate: (parameters: Assignment) => Readonly<Record<string, number>>;
}

/** A goodput of 1 asks for a cookie at every moment. */
const largestGoodput = 1 - Number.EPSILON;

function number(name: string, most: number): SubjectParameter {
  const kind: ParameterKind = { type: 'number', least: 0, most, isAbove: true };
  const range = describeKind(kind);
  return {
    name,
    parse: (text) => {
      const value = readKind(kind, text);
      if (value !== undefined) return value;
      throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', `${name} is '${text}'; it has to be ${range}`);
    },
    problem: (value) =>
      isOfKind(kind, value) ? undefined : `${name} is ${JSON.stringify(value)}; it has to be ${range}`,
  };
}

const cookies: Formula = {
  parameters: [
    number('goodputRatio', largestGoodput),
    number('mtbf', Infinity),
    number('size', Infinity),
    number('capacityMean', Infinity),
  ],
  metrics: {
    cookieInterval: {
      title: 'Cookie interval',
      unit: 'calculations',
      explanation: 'Equation (1) of the 2009 paper: -2 * MTBF * average capacity * (goodput ratio - 1).',
    },
    cookiesPerRequest: {
      title: 'Cookies per request',
      unit: '',
      explanation: 'The size of a request by the cookie interval.',
    },
  },
  evaluate: ({ goodputRatio, mtbf, size, capacityMean }) => {
    // As everywhere, the time between failures is given in times that an average request takes alone.
    const mtbfSeconds = (Number(mtbf) * Number(size)) / Number(capacityMean);
    const interval = cookieInterval(mtbfSeconds, Number(capacityMean), Number(goodputRatio));
    return { cookieInterval: interval, cookiesPerRequest: Number(size) / interval };
  },
};

/** The formulas by their names. */
export const formulas: ReadonlyMap<string, Formula> = new Map([['cookies', cookies]]);
