// Addresses a load balancer or ingress controller reported.

type Point = {readonly ip?: string; readonly hostname?: string};

/** Unique addresses in byte order, joined. */
export const balancerText = (points: readonly Point[] | undefined): string => {
  const found = new Set<string>();
  for (const {ip, hostname} of points ?? []) if (ip || hostname) found.add(ip || hostname || '');
  return [...found].toSorted().join(',');
};

/** Cut to 16 bytes, as outside wide tables. */
export const cutAddress = (text: string): string => (text.length > 16 ? `${text.slice(0, 13)}...` : text);
