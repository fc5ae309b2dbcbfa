// A Deployment from an image, as `create deployment` makes it.
import type {AnyObject} from '../../kube/types/object.ts';
import {createError, newMeta, randomSuffix, typed, type CreateTarget} from './typed.ts';

/** What the flags say. `port` below 0 means none. */
export type DeploymentOptions = {
  readonly images: readonly string[];
  readonly command: readonly string[];
  readonly replicas: number;
  readonly port: number;
};

/** Name of the container of an image: the last part of its path, without tag and digest. */
export const containerNameOf = (image: string): string => {
  const name = image.split('/').at(-1)!.split(':')[0]!.split('@')[0]!;
  return /[_.]/.test(name) ? `${name.replaceAll(/[_.]/g, '-')}-${randomSuffix(5)}` : name;
};

/** The object. Throws for several images with one command. */
export const newDeployment = (target: CreateTarget, {images, command, replicas, port}: DeploymentOptions): AnyObject => {
  if (images.length > 1 && command.length > 0) throw createError('cannot specify multiple --image options and command');
  const labels = {app: target.name};
  const containers = images.map((image, index) => ({
    name: containerNameOf(image),
    image,
    ...(command.length > 0 ? {command} : {}),
    ...(index === 0 && port >= 0 ? {ports: [{containerPort: port}]} : {}),
    resources: {},
  }));
  return typed('Deployment', 'apps/v1', newMeta(target, labels), {
    spec: {
      replicas,
      selector: {matchLabels: labels},
      template: {metadata: {labels}, spec: {containers}},
      strategy: {},
    },
    status: {},
  });
};
