// How Kubernetes words a length of time (`5m30s`, `2d3h`) and a moment in `describe`.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** apimachinery's HumanDuration: two units while they say something, one when the first is big enough. */
export const humanDuration = (ms: number): string => {
  const seconds = Math.trunc(ms / SECOND);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0 || ms < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(ms / MINUTE);
  if (minutes < 10) return two(minutes, 'm', Math.trunc((ms % MINUTE) / SECOND), 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(ms / HOUR);
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(ms / DAY);
  if (days < 8) return two(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  const years = Math.trunc(days / 365);
  if (years < 8) return two(years, 'y', days % 365, 'd');
  return `${years}y`;
};

const UNITS = {y: 365 * DAY, d: DAY, h: HOUR, m: MINUTE, s: SECOND} as const;

/** Milliseconds of a length of time as Kubernetes words it; undefined for anything else, such as `<unknown>`. */
export const durationMs = (text: string): number | undefined => {
  const parts = /^(?:\d+[ydhms])+$/.test(text) ? [...text.matchAll(/(\d+)([ydhms])/g)] : [];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
};

const two = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`;

/** Age of an RFC 3339 time, `<unknown>` when there is none, as kubectl and the server's tables print it. */
export const ageText = (timestamp: string | null | undefined, now: Date): string =>
  timestamp === undefined || timestamp === null || timestamp === ''
    ? '<unknown>'
    : humanDuration(now.getTime() - Date.parse(timestamp));

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const pad = (n: number): string => String(n).padStart(2, '0');

/** RFC1123Z in the machine's zone: `Mon, 02 Jan 2006 15:04:05 -0700`. A missing time is Go's zero time, in UTC. */
export const rfc1123z = (timestamp: string | null | undefined): string => {
  if (timestamp === undefined || timestamp === null || timestamp === '') return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const at = new Date(timestamp);
  const offset = -at.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(offset) / 60))}${pad(Math.abs(offset) % 60)}`;
  const day = `${WEEKDAYS[at.getDay()]}, ${pad(at.getDate())} ${MONTHS[at.getMonth()]} ${at.getFullYear()}`;
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())} ${zone}`;
};

/** apimachinery's ShortHumanDuration: one unit only. */
export const shortHumanDuration = (ms: number): string => {
  const seconds = Math.trunc(ms / SECOND);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.trunc(ms / MINUTE);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.trunc(ms / HOUR);
  if (hours < 24) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  return days < 365 ? `${days}d` : `${Math.trunc(days / 365)}y`;
};
