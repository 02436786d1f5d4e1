import type { CalcAppServerEvent } from '@rserpool/services';

/**
 * What happened to a job, as a line for a person.
 *
 * @param event - What happened.
 */
export function describeCalcAppServerEvent(event: CalcAppServerEvent): string {
  if (event.type === 'unexpectedPacket')
    return `session ${event.session} sent a packet that only elements send: ${event.packetType}`;
  const { session, job, jobs } = event;
  const name = `job ${job.jobIdentifier} of session ${session}`;
  const running = `${jobs} ${jobs === 1 ? 'job runs' : 'jobs run'}`;
  switch (event.type) {
    case 'jobAccepted':
      return event.resumed
        ? `${name} goes on at ${job.completed} of ${job.jobSize} calculations; ${running}`
        : `${name} begins, ${job.jobSize} calculations; ${running}`;
    case 'jobRejected':
      return `${name} is rejected: ${event.reason === 'busy' ? running : 'its session has one already'}`;
    case 'jobCompleted':
      return `${name} is complete; ${running}`;
    case 'jobDropped':
      return `${name} ends at ${job.completed} of ${job.jobSize} calculations: ${dropReasons[event.reason]}; ${running}`;
  }
}

const dropReasons: Readonly<Record<Extract<CalcAppServerEvent, { type: 'jobDropped' }>['reason'], string>> = {
  sessionEnded: 'its session has ended',
  abort: 'its user gave it up',
  keepAliveTimeout: 'its user does not answer',
  shutdown: 'it is handed back',
};
