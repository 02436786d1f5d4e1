/**
 * The payload protocol identifiers of the application protocols (RFC 9260 section 3.3.1), as the reference
 * implementation has registered them. ASAP's control channel of the same association has 11.
 */
export const ServicePayloadProtocolIdentifier = {
  /** Echo, discard, daytime and chargen: text without a protocol of its own. */
  text: 0,
  /** FractalGenerator: pictures, point by point. */
  fractal: 32,
  /** PingPong: numbered requests and numbered replies. */
  pingPong: 33,
  /** CalcApp: jobs that are calculated. */
  calcApp: 34,
  /** Scripting: programs with their input and output; here is no service for it. */
  scripting: 35,
} as const;

/** The handles of the pools that the reference's services and clients have by default. */
export const ServicePoolHandle = {
  /** Sends back what it gets. */
  echo: 'EchoPool',
  /** Drops what it gets. */
  discard: 'DiscardPool',
  /** Tells the time. */
  daytime: 'DaytimePool',
  /** Sends characters without end. */
  chargen: 'CharGenPool',
  /** Numbers its replies. */
  pingPong: 'PingPongPool',
  /** Calculates jobs. */
  calcApp: 'CalcAppPool',
  /** Computes pictures. */
  fractal: 'FractalGeneratorPool',
} as const;
