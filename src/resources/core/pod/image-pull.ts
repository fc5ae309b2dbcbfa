// Why an image could not be pulled, read from the registry's answer.

/** Classes of failure a person can act on. */
export type PullFailure = 'missing' | 'denied' | 'limited' | 'unreachable' | 'invalid' | 'never' | 'unknown';

const REASONS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** Whether a waiting reason is about the image. */
export const isPullReason = (reason: string | undefined): boolean => reason !== undefined && REASONS.has(reason);

/** Tells the classes apart; the message is the runtime's. */
export const pullFailureOf = (reason: string, message: string): PullFailure => {
  const text = message.toLowerCase();
  if (reason === 'InvalidImageName' || text.includes('invalid reference format')) return 'invalid';
  if (reason === 'ErrImageNeverPull') return 'never';
  if (/too ?many ?requests|rate limit/.test(text)) return 'limited';
  if (/unauthorized|authentication required|forbidden|access denied|no basic auth|authorization failed|401|403/.test(text)) {
    // Docker Hub answers a missing repository with a refusal and says so.
    return text.includes('repository does not exist') ? 'missing' : 'denied';
  }
  if (/not found|manifest unknown|name unknown|does not exist|404/.test(text)) return 'missing';
  if (
    /timeout|timed out|connection refused|no such host|i\/o timeout|x509|certificate|dial tcp|network is unreachable|tls/.test(text)
  )
    return 'unreachable';
  return 'unknown';
};

const SENTENCES: Readonly<Record<PullFailure, (image: string) => string>> = {
  missing: (image) => `The image ${image} does not exist in the registry`,
  denied: (image) => `The registry refused to hand out the image ${image}: credentials are missing or wrong`,
  limited: (image) => `The registry is limiting pulls of ${image} for now`,
  unreachable: (image) => `The registry of ${image} cannot be reached`,
  invalid: (image) => `"${image}" is not a valid image name`,
  never: (image) => `The image ${image} is not on the node and pulling it is forbidden`,
  unknown: (image) => `The image ${image} cannot be pulled`,
};

/** One sentence about it, without the full stop. */
export const pullFailureText = (failure: PullFailure, image: string): string => SENTENCES[failure](image);
