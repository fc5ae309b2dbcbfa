// Endpoints of a service as describe lists them: three, then how many more.
import type {EndpointSlice} from '../../kube/types/wire.ts';

const SHOWN = 3;

/** `10.0.0.1:80,10.0.0.2:80 + 2 more...` of the ready endpoints behind a port name. */
export const endpointsText = (slices: readonly EndpointSlice[], portName: string): string => {
  if (slices.length === 0) return '<none>';
  const shown: string[] = [];
  let more = false;
  let count = 0;
  for (const slice of slices) {
    // The server sends null for no ports; headless services may have none.
    const named = slice.ports ?? [];
    const ports: readonly (number | undefined)[] =
      named.length === 0 ? [undefined] : named.filter((port) => (port.name ?? '') === portName).map((port) => port.port ?? 0);
    for (const port of ports) {
      for (const endpoint of slice.endpoints ?? []) {
        // Full before this one is looked at, even if it is not ready: kubectl counts so too.
        if (shown.length === SHOWN) more = true;
        if (endpoint.conditions?.ready === false) continue;
        const address = endpoint.addresses[0] ?? '';
        if (!more) shown.push(port === undefined ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`);
        count += 1;
      }
    }
  }
  return more ? `${shown.join(',')} + ${count - SHOWN} more...` : shown.join(',');
};
