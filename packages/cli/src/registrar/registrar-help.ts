/** What follows the options in the help of `rserpool registrar`. */
export const registrarHelp = `
Values:
  Times are integers of milliseconds, rates are numbers in a second. Where a default differs between profiles, that of the
  profile rfc comes first. What is named on the command line overrides the profile. In brackets: what rspregistrar of the
  reference implementation calls it.

Environment:
  CSP_SERVER, CSP_INTERVAL   as --status-server and --status-interval, which override them

Signals:
  SIGINT, SIGTERM            end it: associations are closed, a final status report is sent, nothing more is announced;
                             its elements stay with its peers, which take them over

Exit status:
  0   it was interrupted
  1   it failed while it ran
  2   wrong command line or configuration, or an address that is in use

Examples:
  rserpool registrar --profile lan
      alone on this host, ASAP at 127.0.0.1:3863, ENRP at 127.0.0.1:9901
  rserpool registrar --asap 192.0.2.1,198.51.100.1 --enrp 192.0.2.1,198.51.100.1 --carrier kernel --peer 192.0.2.2
      multi-homed, over the kernel’s SCTP, with a peer that it asks for the handlespace
  rserpool registrar --profile rsplib --carrier kernel --asap 192.0.2.1 --enrp 192.0.2.1 --announce --enrp-group
      beside rspregistrar, found by multicast at 239.0.0.50:3863 and 239.0.0.51:9901
  rserpool registrar --profile lan --max-bad-pe-report 1 --endpoint-keep-alive-interval 500 --status-server 192.0.2.9
      quick to remove what users cannot reach, shown by rserpool monitor or cspmonitor at 192.0.2.9
`;
