// Addresses a load balancer or ingress controller reported.

type Point = {readonly ip?: string; readonly hostname?: string};

/** Unique addresses in byte order, joined. */
export const balancerText = (points: readonly Point[] | undefined): string => {
  const found = new Set<string>();
  for (const {ip, hostname} of points ?? []) if (ip || hostname) found.add(ip || hostname || '');
  return [...found].toSorted().join(',');
};
