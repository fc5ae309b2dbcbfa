// Makes the folder under binaries/ from which another minor version of Kubernetes is built.
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {runCommand} from './run-command.ts';

const programs = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl', 'kubelet'];

/**
 * Writes binaries/kubernetes-X.Y with go.mod, go.sum and tools.go for the version `vX.Y.Z`. Kubernetes' own go.mod points
 * its parts at folders of its repository, so each part is replaced by the release of the same number.
 */
export async function addKubernetes(version: string, say: (line: string) => void): Promise<string> {
  const [, minor, patch] = /^v1\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (minor === undefined || patch === undefined) throw new Error(`a version such as v1.35.2, not ${JSON.stringify(version)}`);
  const folder = join(import.meta.dirname, 'binaries', `kubernetes-1.${minor}`);
  const isNew = !existsSync(folder);
  mkdirSync(folder, {recursive: true});
  try {
    say(`reading the modules of Kubernetes ${version}`);
    const downloaded = JSON.parse(
      await runCommand('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${version}`], {cwd: '/'}),
    ) as {
      GoMod: string;
    };
    const original = readFileSync(downloaded.GoMod, 'utf8');
    const parts = [...original.matchAll(/^\s*(?:replace )?(k8s\.io\/[a-z-]+) => \.\/staging\//gm)].map(([, part]) => part);
    const goVersion = /^go (\S+)$/m.exec(original)?.[1] ?? '1.26.0';
    const replaced = parts.map((part) => `replace ${part} => ${part} v0.${minor}.${patch}\n`).join('\n');
    writeFileSync(
      join(folder, 'go.mod'),
      `module kdeck.test/binaries/kubernetes\n\ngo ${goVersion}\n\nrequire k8s.io/kubernetes ${version}\n\n${replaced}`,
    );
    const imports = programs.map((program) => `\t_ "k8s.io/kubernetes/cmd/${program}"\n`).join('');
    writeFileSync(
      join(folder, 'tools.go'),
      `//go:build tools\n\n// Package tools names the commands the test cluster is built from, so that go.sum covers them.\npackage tools\n\nimport (\n${imports})\n`,
    );
    await runCommand('go', ['mod', 'tidy'], {cwd: folder});
  } catch (error) {
    if (isNew) rmSync(folder, {recursive: true, force: true});
    throw error;
  }
  say(`wrote ${folder}: commit it, then use --kubernetes 1.${minor}`);
  return folder;
}
