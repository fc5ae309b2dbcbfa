// The timestamps in front of log lines.

/** The timestamp and the rest of a line read with `timestamps=true`. */
export const splitTimestamp = (line: string): {time: string; text: string} => {
  const space = line.indexOf(' ');
  const end = space < 0 ? line.length : space;
  // The kubelet's own messages ("unable to retrieve container logs ...") carry no timestamp.
  if (line.charCodeAt(4) !== 45 || line.charCodeAt(10) !== 84 || end < 20) return {time: '', text: line};
  return {time: line.slice(0, end), text: line.slice(end + 1)};
};
