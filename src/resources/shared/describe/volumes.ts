// Volume sources in describe: of pods and of persistent volumes, with Kubernetes' fixed gloss for each type.
import {canonicalQuantity, parseQuantity} from '../../../base/quantity.ts';
import type {PersistentVolume, PersistentVolumeClaim, PodSpec} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import {byteLength} from './blocks.ts';
import {claimLines} from './claim.ts';
import {prefixed} from './prefix.ts';
import {GLOSS, scaleRows, sharedRows, type Source, writeRows} from './volume-rows.ts';

type PersistentSource = PersistentVolume['spec'] & object;

/** `Volumes:` and each volume. */
export const volumeLines = (volumes: PodSpec['volumes'], inTemplate: boolean, out: DescribeWriter): void => {
  const space = inTemplate ? '  ' : '';
  if (volumes === undefined || volumes.length === 0) {
    out.raw(`${space}Volumes:\t<none>\n`);
    return;
  }
  out.raw(`${space}Volumes:\n`);
  for (const volume of volumes) {
    out.line(1, `${inTemplate ? ' ' : ''}${volume.name}:`);
    sourceLines(volume, out);
  }
};

const sourceLines = (volume: Source, out: DescribeWriter): void => {
  const {downwardAPI, ephemeral, projected, csi} = volume;
  if (downwardAPI !== undefined) downwardLines(downwardAPI, out);
  else if (projected !== undefined) projectedLines(projected, out);
  else if (ephemeral !== undefined) ephemeralLines(ephemeral, out);
  else if (csi !== undefined) {
    writeRows(
      GLOSS.csi,
      [
        ['Driver:', csi.driver],
        ['FSType:', csi.fsType],
        ['ReadOnly:', csi.readOnly === true],
      ],
      out,
    );
    attributeLines(csi.volumeAttributes, out);
  } else if (!podOnlyRows(volume, out) && !sharedRows(volume, out)) out.line(1, '<unknown>');
};

/** `Source:` rows of a persistent volume. */
export const persistentSourceLines = (spec: PersistentSource, out: DescribeWriter): void => {
  const {csi, local, glusterfs, scaleIO, azureFile} = spec;
  if (csi !== undefined) {
    writeRows(
      GLOSS.csi,
      [
        ['Driver:', csi.driver],
        ['FSType:', csi.fsType],
        ['VolumeHandle:', csi.volumeHandle],
        ['ReadOnly:', csi.readOnly === true],
      ],
      out,
    );
    attributeLines(csi.volumeAttributes, out);
  } else if (local !== undefined) {
    writeRows(GLOSS.local, [['Path:', local.path]], out);
  } else if (glusterfs !== undefined) {
    const {endpoints, endpointsNamespace, path, readOnly} = glusterfs;
    writeRows(
      GLOSS.glusterfs,
      [
        ['EndpointsName:', endpoints],
        ['EndpointsNamespace:', endpointsNamespace ?? '<unset>'],
        ['Path:', path],
        ['ReadOnly:', readOnly === true],
      ],
      out,
    );
  } else if (scaleIO !== undefined) {
    writeRows(
      GLOSS.scaleIO,
      scaleRows(scaleIO, [
        ['SecretName:', scaleIO.secretRef?.name],
        ['SecretNamespace:', scaleIO.secretRef?.namespace],
      ]),
      out,
    );
  } else if (azureFile !== undefined) {
    const {secretName, secretNamespace, shareName, readOnly} = azureFile;
    writeRows(
      GLOSS.azureFile,
      [
        ['SecretName:', secretName],
        ['SecretNamespace:', secretNamespace],
        ['ShareName:', shareName],
        ['ReadOnly:', readOnly === true],
      ],
      out,
    );
  } else if (!sharedRows(spec, out)) out.line(1, '<unknown>');
};

/** Sources only a pod may name; false when the volume is none of them. */
const podOnlyRows = (volume: Source, out: DescribeWriter): boolean => {
  const {emptyDir, gitRepo, secret, configMap, persistentVolumeClaim: claim, image, scaleIO, azureFile, glusterfs} = volume;
  if (emptyDir !== undefined) {
    const limit = emptyDir.sizeLimit === undefined ? undefined : parseQuantity(emptyDir.sizeLimit);
    const size = limit !== undefined && limit.nanos > 0n ? canonicalQuantity(emptyDir.sizeLimit) : '<unset>';
    writeRows(
      GLOSS.emptyDir,
      [
        ['Medium:', emptyDir.medium],
        ['SizeLimit:', size],
      ],
      out,
    );
  } else if (gitRepo !== undefined)
    writeRows(
      GLOSS.gitRepo,
      [
        ['Repository:', gitRepo.repository],
        ['Revision:', gitRepo.revision],
      ],
      out,
    );
  else if (secret !== undefined)
    writeRows(
      GLOSS.secret,
      [
        ['SecretName:', secret.secretName],
        ['Optional:', secret.optional === true],
      ],
      out,
    );
  else if (configMap !== undefined)
    writeRows(
      GLOSS.configMap,
      [
        ['Name:', configMap.name],
        ['Optional:', configMap.optional === true],
      ],
      out,
    );
  else if (claim !== undefined)
    writeRows(
      GLOSS.persistentVolumeClaim,
      [
        ['ClaimName:', claim.claimName],
        ['ReadOnly:', claim.readOnly === true],
      ],
      out,
    );
  else if (image !== undefined)
    writeRows(
      GLOSS.image,
      [
        ['Reference:', image.reference],
        ['PullPolicy:', image.pullPolicy],
      ],
      out,
    );
  else if (scaleIO !== undefined) writeRows(GLOSS.scaleIO, scaleRows(scaleIO, []), out);
  else if (azureFile !== undefined) {
    writeRows(
      GLOSS.azureFile,
      [
        ['SecretName:', azureFile.secretName],
        ['ShareName:', azureFile.shareName],
        ['ReadOnly:', azureFile.readOnly === true],
      ],
      out,
    );
  } else if (glusterfs !== undefined) {
    writeRows(
      GLOSS.glusterfs,
      [
        ['EndpointsName:', glusterfs.endpoints],
        ['Path:', glusterfs.path],
        ['ReadOnly:', glusterfs.readOnly === true],
      ],
      out,
    );
  } else return false;
  return true;
};

const downwardLines = (downward: NonNullable<Source['downwardAPI']>, out: DescribeWriter): void => {
  out.line(2, 'Type:', GLOSS.downwardAPI);
  out.line(2, 'Items:');
  for (const {fieldRef, resourceFieldRef, path} of downward.items ?? []) {
    if (fieldRef !== undefined) out.line(3, `${fieldRef.fieldPath} -> ${path}`);
    if (resourceFieldRef !== undefined) out.line(3, `${resourceFieldRef.resource} -> ${path}`);
  }
};

const projectedLines = (projected: NonNullable<Source['projected']>, out: DescribeWriter): void => {
  out.line(2, 'Type:', GLOSS.projected);
  for (const {secret, downwardAPI, configMap, serviceAccountToken} of projected.sources ?? []) {
    if (secret !== undefined) {
      out.line(2, 'SecretName:', secret.name ?? '');
      out.line(2, 'Optional:', String(secret.optional === true));
    } else if (downwardAPI !== undefined) {
      out.line(2, 'DownwardAPI:', 'true');
    } else if (configMap !== undefined) {
      out.line(2, 'ConfigMapName:', configMap.name ?? '');
      out.line(2, 'Optional:', String(configMap.optional === true));
    } else if (serviceAccountToken !== undefined) {
      out.line(2, 'TokenExpirationSeconds:', String(serviceAccountToken.expirationSeconds ?? 0));
    }
  }
};

const ephemeralLines = (ephemeral: NonNullable<Source['ephemeral']>, out: DescribeWriter): void => {
  out.line(2, 'Type:', GLOSS.ephemeral);
  const template = ephemeral.volumeClaimTemplate;
  if (template === undefined) return;
  const claim = {metadata: template.metadata ?? {}, spec: template.spec} as PersistentVolumeClaim;
  claimLines(claim, prefixed(out, 2));
};

// Each write is indented again, as in kubectl, hence the blanks before each value.
const attributeLines = (attributes: Record<string, string> | undefined, out: DescribeWriter): void => {
  const w = prefixed(out);
  w.write(2, 'VolumeAttributes:\t');
  const keys = Object.keys(attributes ?? {}).toSorted();
  if (keys.length === 0) w.end('<none>');
  for (const [index, key] of keys.entries()) {
    if (index > 0) {
      w.write(2, '');
      w.write(2, '\t');
    }
    const line = `${key}=${attributes?.[key]}`;
    w.write(2, byteLength(line) > 140 ? `${Buffer.from(line).subarray(0, 140).toString()}...\n` : `${line}\n`);
  }
};
