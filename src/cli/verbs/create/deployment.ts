// `create deployment`.
import {newDeployment} from '../../../operations/create/deployment.ts';
import type {Verb} from '../../verb.ts';
import {generatorFlags, runGenerator} from './generated.ts';

export const verb: Verb = {
  name: 'deployment',
  aliases: ['deploy'],
  short: 'Create a deployment with the specified name',
  long: 'Create a Deployment from one image or several.',
  examples: `
  # A Deployment of three pods
  {program} create deployment web --image=nginx --replicas=3

  # With a command of its own
  {program} create deployment job --image=busybox -- date`,
  usage: 'NAME --image=image -- [COMMAND] [args...]',
  flags: generatorFlags([
    {name: 'image', type: 'csv', required: true, usage: 'Images to run, one container each.'},
    {name: 'port', type: 'int', default: -1, usage: 'Port the first container listens on.'},
    {name: 'replicas', short: 'r', type: 'int', default: 1, usage: 'Number of pods.'},
  ]),
  run: (context) => {
    const {flags, args, dash} = context;
    const options = {
      images: flags.strings('image'),
      command: dash === undefined ? [] : args.slice(dash),
      replicas: flags.int('replicas'),
      port: flags.int('port'),
    };
    return runGenerator(context, (target) => newDeployment(target, options), {failed: 'failed to create deployment:'});
  },
};
