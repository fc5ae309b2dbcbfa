declare const KDECK_VERSION: string | undefined;

/** kdeck's own version; sources that were not built have none. */
export const version = typeof KDECK_VERSION === 'string' ? KDECK_VERSION : '0.0.0-source';
