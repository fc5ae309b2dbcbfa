// The main job, by a person: open kdeck, find a broken Deployment, read why, roll it back, watch it heal, open a shell, follow logs.
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {freshNamespace} from '../support/cluster/namespace.ts';
import type {StoryNamespace} from '../support/cluster/namespace.ts';
import {PtyDeck} from '../support/pty/deck.ts';

let shop: StoryNamespace;
let home: string;

beforeAll(async () => {
  shop = await freshNamespace('walk');
  home = await mkdtemp(join(tmpdir(), 'kdeck-walk-'));
  await shop.kubectl(
    'create',
    'deployment',
    'checkout',
    '--image=kdeck.test/busybox:1',
    '--replicas=2',
    '--',
    'sh',
    '-c',
    'i=0; while true; do i=$((i+1)); echo "served order $i"; sleep 1; done',
  );
  await shop.kubectl('rollout', 'status', 'deployment/checkout', '--timeout=120s');
  // A release that cannot work: nobody serves this registry.
  await shop.kubectl('set', 'image', 'deployment/checkout', 'busybox=127.0.0.1:1/shop/checkout:v42');
  await shop.kubectl('wait', '--for=jsonpath={.status.updatedReplicas}=1', 'deployment/checkout', '--timeout=60s');
});
afterAll(async () => {
  await shop.remove();
  await rm(home, {recursive: true, force: true});
});

test('a person finds the broken Deployment, reads why, rolls it back, watches it heal, opens a shell and follows the logs', async () => {
  const deck = await PtyDeck.opens(['deployments', '-n', shop.name], {
    size: [120, 36],
    env: {KUBECONFIG: shop.facts.kubeconfigs.admin, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home},
  });
  try {
    await deck.cursorOn(/checkout/);
    deck.does('object.diagnose');
    await deck.sees('127.0.0.1:1/shop/checkout:v42', 60);
    await deck.sees('Roll back', 60);

    deck.does('workload.roll-back');
    await deck.sees('Roll back deployment checkout?');
    deck.types('\r');
    // What changes stands there before anything is done.
    await deck.sees('revision 2 → revision 1');
    await deck.sees('kdeck.test/busybox:1');
    // The careful button has the focus; the other one is a Tab away.
    deck.types('\t\r');
    await deck.losesSight('Roll back deployment checkout?');
    deck.does('app.back');
    await deck.row(/checkout +2\/2 +2 +2/, 120);
    expect(await shop.kubectl('get', 'deployment', 'checkout', '-o', 'jsonpath={.spec.template.spec.containers[0].image}')).toBe(
      'kdeck.test/busybox:1',
    );

    deck.does('list.open');
    // The pod of the broken image ends first; its row may be under the cursor until then.
    await deck.sees('2 pods', 90);
    await deck.cursorOn(/checkout-\S+ +1\/1 +Running/);
    deck.does('pod.shell');
    await deck.sees('/ #');
    deck.types('echo in the pod $((6 * 7)); stty size\r');
    await deck.sees('in the pod 42');
    await deck.sees('36 120');
    deck.types('exit\r');
    await deck.row(/checkout-\S+ +1\/1 +Running/);

    deck.does('pod.logs');
    await deck.sees('served order', 60);
    await deck.sees('following');
    const newest = (): number =>
      Math.max(...deck.program.terminal.lines().flatMap((line) => Number(/served order (\d+)/.exec(line)?.[1] ?? 0)));
    const before = newest();
    await deck.program.waits('newer lines', () => newest() > before + 1);

    deck.types(':q\r');
    expect(await deck.program.ends()).toEqual({code: 0, signal: undefined});
    expect(deck.program.terminal.alternate).toBe(false);
  } finally {
    await deck.close();
  }
});
