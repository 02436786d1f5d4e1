/** What a metric is, for tables, plots and reports. */
export interface MetricDescription {
  /** A short name, for the axis of a plot. */
  readonly title: string;
  /** In what it is measured; empty for numbers of something. */
  readonly unit: string;
  /** How it is computed. */
  readonly explanation: string;
}

/** The name of a metric. */
export type MetricName =
  | 'utilization'
  | 'handlingSpeed'
  | 'processingSpeed'
  | 'startupSpeed'
  | 'queuingDelay'
  | 'startupDelay'
  | 'processingTime'
  | 'handlingTime'
  | 'failoverTime'
  | 'completedRequests'
  | 'generatedRequests'
  | 'rejectedRequests'
  | 'acceptance'
  | 'asapPackets'
  | 'asapPacketsPerSecond'
  | 'enrpPackets'
  | 'applicationPackets'
  | 'cookies'
  | 'cookieEchoes'
  | 'handleResolutionsPerRequest'
  | 'overheadPerCalculation'
  | 'goodput'
  | 'lostCalculations'
  | 'completedCalculations'
  | 'failures'
  | 'failovers'
  | 'events';

/** All metrics of a run, in the order of tables. */
export const metricTable: Readonly<Record<MetricName, MetricDescription>> = {
  utilization: {
    title: 'Average system utilization',
    unit: '%',
    explanation: 'Work done by all elements, of what they could have done while they were registered.',
  },
  handlingSpeed: {
    title: 'Average request handling speed',
    unit: '%',
    explanation:
      'Sizes of the completed requests by the sum of their handling times, of the mean capacity: a ratio of sums.',
  },
  processingSpeed: {
    title: 'Average request processing speed',
    unit: '%',
    explanation: 'The same with the times from the first acceptance to the completion.',
  },
  startupSpeed: {
    title: 'Average request startup speed',
    unit: '%',
    explanation: 'The same with the times from leaving the queue to the first acceptance.',
  },
  queuingDelay: {
    title: 'Average queuing delay',
    unit: 's',
    explanation: 'From the generation of a request until its user turns to it.',
  },
  startupDelay: {
    title: 'Average startup delay',
    unit: 's',
    explanation: 'From then until an element accepts it for the first time.',
  },
  processingTime: {
    title: 'Average processing time',
    unit: 's',
    explanation: 'From then until its completion; failovers and repeated work included.',
  },
  handlingTime: {
    title: 'Average handling time',
    unit: 's',
    explanation: 'From the generation to the completion: the sum of the three.',
  },
  failoverTime: {
    title: 'Average failover time',
    unit: 's',
    explanation: 'From the last progress that was secured to the acceptance by the next element.',
  },
  completedRequests: {
    title: 'Completed requests',
    unit: '',
    explanation: 'How many results users got.',
  },
  generatedRequests: {
    title: 'Generated requests',
    unit: '',
    explanation: 'How many requests users generated.',
  },
  rejectedRequests: {
    title: 'Rejections',
    unit: '',
    explanation: 'How often an element refused a request because it handled as many as it may.',
  },
  acceptance: {
    title: 'Request acceptance',
    unit: '%',
    explanation: 'Acceptances of acceptances and rejections.',
  },
  asapPackets: {
    title: 'ASAP packets',
    unit: '',
    explanation: 'All ASAP messages that were sent, without cookies and cookie echoes.',
  },
  asapPacketsPerSecond: {
    title: 'ASAP packets per second',
    unit: '1/s',
    explanation: 'The same by the measured time.',
  },
  enrpPackets: {
    title: 'ENRP packets',
    unit: '',
    explanation: 'All ENRP messages that were sent.',
  },
  applicationPackets: {
    title: 'Application packets',
    unit: '',
    explanation: 'Requests, answers and keep-alives between users and elements.',
  },
  cookies: { title: 'Cookies', unit: '', explanation: 'ASAP_COOKIE messages that elements sent.' },
  cookieEchoes: {
    title: 'Cookie echoes',
    unit: '',
    explanation: 'ASAP_COOKIE_ECHO messages that users sent.',
  },
  handleResolutionsPerRequest: {
    title: 'Handle resolutions per request',
    unit: '',
    explanation: 'ASAP_HANDLE_RESOLUTION messages by completed requests.',
  },
  overheadPerCalculation: {
    title: 'Overhead per calculation',
    unit: '1/calculation',
    explanation: 'ASAP and ENRP packets by the sizes of the completed requests.',
  },
  goodput: {
    title: 'Goodput',
    unit: 'calculations',
    explanation: 'Progress that reached the users: by cookies, and by completions beyond the last cookie.',
  },
  lostCalculations: {
    title: 'Lost calculations',
    unit: 'calculations',
    explanation: 'Work that was done and then had to be done again.',
  },
  completedCalculations: {
    title: 'Completed calculations',
    unit: 'calculations',
    explanation: 'The sizes of the completed requests.',
  },
  failures: {
    title: 'Failures of elements',
    unit: '',
    explanation: 'Ends of elements, clean shutdowns included.',
  },
  failovers: {
    title: 'Failovers',
    unit: '',
    explanation: 'Acceptances of requests that an element had accepted before.',
  },
  events: {
    title: 'Events',
    unit: '',
    explanation: 'Messages that arrived and timers that fired in the measured time.',
  },
};

/** The names of all metrics, in that order. */
export const metricNames: readonly MetricName[] = Object.keys(metricTable) as MetricName[];
