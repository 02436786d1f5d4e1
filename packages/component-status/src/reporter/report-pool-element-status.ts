import { realClock } from '@rserpool/transport';
import { ComponentGroup } from '../component-identifier.ts';
import { AssociationAges } from './association-ages.ts';
import {
  type KnownRegistrar,
  registrarAssociations,
  type ServiceStatusOptions,
  serviceText,
} from './service-status.ts';
import { startStatusReporter, type StatusReporter } from './status-reporter.ts';

/** What is read of a pool element: a `LocalPoolElement` of `@rserpool/session` has it. */
export interface ReportablePoolElement {
  /** Its identifier. */
  readonly identifier: number;
  /** The port that it listens on. */
  readonly port: number;
  /** The registrar that looks after it, while there is an association to it. */
  readonly homeRegistrar: KnownRegistrar | undefined;
  /** How many sessions it serves. */
  readonly sessionCount: number;
  /** What it is registered with, while it is to be in its pool: the first element is itself. */
  readonly businessCard?: { readonly poolElements: readonly { readonly policy: object }[] } | undefined;
}

/**
 * Reports how a pool element is: what its service says or how many sessions it has, its workload (by default the load that
 * it is registered with, where its policy has one), and its association with its registrar.
 *
 * @param element - The pool element.
 * @param options - Where to, how often, what the service says.
 * @throws RserpoolError what {@link startStatusReporter} throws.
 * @example
 * ```ts
 * import { reportPoolElementStatus } from '@rserpool/component-status';
 * import type { LocalPoolElement } from '@rserpool/session';
 *
 * declare const element: LocalPoolElement;
 * await using reporter = reportPoolElementStatus(element, {
 *   server: '192.0.2.1:2960',
 *   workload: () => element.sessionCount / 10,
 * });
 * ```
 */
export function reportPoolElementStatus(
  element: ReportablePoolElement,
  options: ServiceStatusOptions,
): StatusReporter {
  const ages = new AssociationAges(options.clock ?? realClock);
  return startStatusReporter(
    { group: ComponentGroup.poolElement, object: BigInt(element.identifier) },
    () => ({
      place: `port ${element.port}`,
      status: serviceText(element.homeRegistrar, element.sessionCount, options.status),
      workload: options.workload === undefined ? registeredLoad(element) : options.workload(),
      associations: ages.aged(registrarAssociations(element.homeRegistrar)),
    }),
    options,
  );
}

/** Loads are 32-bit fractions (RFC 5356 section 3.1). */
function registeredLoad({ businessCard }: ReportablePoolElement): number | undefined {
  const { load }: { readonly load?: unknown } = businessCard?.poolElements[0]?.policy ?? {};
  return typeof load === 'number' ? load / 0xffff_ffff : undefined;
}
