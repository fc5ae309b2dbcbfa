// The rules that may find something wrong with a pod.
import type {Pod} from '../../../../kube/types/wire.ts';
import type {Diagnosis} from '../../../kind.ts';
import {configurationMissing} from './configuration.ts';
import {crashes} from './crash.ts';
import {imagePullFailed} from './image.ts';
import {evicted, nodeLost, unschedulable} from './placement.ts';
import {probesFailing} from './probes.ts';

export const diagnoses: readonly Diagnosis<Pod>[] = [
  imagePullFailed,
  configurationMissing,
  crashes,
  probesFailing,
  unschedulable,
  nodeLost,
  evicted,
];
