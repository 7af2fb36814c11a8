const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/u;

/** Whether a host, as addresses and requests name it (without its port), is this machine itself. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
