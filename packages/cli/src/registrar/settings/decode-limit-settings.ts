import type { DecodeLimits } from '@rserpool/wire';
import { bytes, count, type SettingTable } from './setting.ts';

/** Limits of the messages that are accepted. */
export const decodeLimitSettings: SettingTable<DecodeLimits> = {
  messageBytes: { option: 'message-max-bytes', value: bytes(8, 65_535), help: 'the longest message' },
  parameters: {
    option: 'message-max-parameters',
    value: count(),
    help: 'parameters, on all levels together',
  },
  nestingDepth: { option: 'message-max-nesting', value: count(1, 16), help: 'parameters inside one another' },
  unknownParameters: {
    option: 'message-max-unknown-parameters',
    value: count(0),
    help: 'unrecognized parameters that are kept',
  },
  poolElements: { option: 'message-max-pool-elements', value: count(), help: 'Pool Element parameters' },
  servers: { option: 'message-max-servers', value: count(), help: 'Server Information parameters' },
  transports: {
    option: 'message-max-transports',
    value: count(),
    help: 'Transport parameters of an announcement',
  },
  addressesPerTransport: {
    option: 'message-max-addresses',
    value: count(),
    help: 'Address parameters of one transport',
  },
  errorCauses: { option: 'message-max-error-causes', value: count(), help: 'causes of an Operation Error' },
  poolHandleBytes: {
    option: 'message-max-pool-handle-bytes',
    value: bytes(1, 65_531),
    help: 'the longest pool handle that is read at all',
  },
  cookieBytes: { option: 'message-max-cookie-bytes', value: bytes(1, 65_527), help: 'the longest cookie' },
  reports: {
    option: 'message-max-reports',
    value: count(0),
    help: 'error causes that are sent back for one message',
  },
  reportedBytes: {
    option: 'message-max-reported-bytes',
    value: bytes(0, 65_535),
    help: 'bytes of offending parameters that are sent back with them',
  },
};
