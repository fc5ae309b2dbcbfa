// The rows of each volume source in describe, with Kubernetes' fixed gloss.
import type {PodSpec} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';

type Volume = NonNullable<PodSpec['volumes']>[number];
/** What a volume of a pod is made from. */
export type Source = Omit<Volume, 'name'>;
/** A row below the volume's name: `Path:` and its value; the label is written as it is. */
export type Row = readonly [label: string, value: string | number | boolean | undefined];
type Secret = {name?: string; namespace?: string} | undefined;

/** What kubectl writes behind `Type:`. */
export const GLOSS = {
  hostPath: 'HostPath (bare host directory volume)',
  emptyDir: "EmptyDir (a temporary directory that shares a pod's lifetime)",
  gcePersistentDisk: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
  awsElasticBlockStore: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
  gitRepo: 'GitRepo (a volume that is pulled from git when the pod is created)',
  secret: 'Secret (a volume populated by a Secret)',
  configMap: 'ConfigMap (a volume populated by a ConfigMap)',
  projected: 'Projected (a volume that contains injected data from multiple sources)',
  nfs: 'NFS (an NFS mount that lasts the lifetime of a pod)',
  quobyte: "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
  portworxVolume: 'PortworxVolume (a Portworx Volume resource)',
  iscsi: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
  glusterfs: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
  persistentVolumeClaim: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
  ephemeral: 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
  rbd: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
  downwardAPI: 'DownwardAPI (a volume populated by information about the pod)',
  azureDisk: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
  vsphereVolume: 'vSphereVolume (a Persistent Disk resource in vSphere)',
  photonPersistentDisk: 'PhotonPersistentDisk (a Persistent Disk resource in photon platform)',
  cinder: 'Cinder (a Persistent Disk resource in OpenStack)',
  scaleIO: 'ScaleIO (a persistent volume backed by a block device in ScaleIO)',
  local: 'LocalVolume (a persistent volume backed by local storage on a node)',
  cephfs: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
  storageos: 'StorageOS (a StorageOS Persistent Disk resource)',
  fc: 'FC (a Fibre Channel disk)',
  azureFile: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
  flexVolume: 'FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)',
  flocker: 'Flocker (a Flocker volume mounted by the Flocker agent)',
  csi: 'CSI (a Container Storage Interface (CSI) volume source)',
  image: 'Image (a container image or OCI artifact)',
} as const;

/** `Type:` and the rows. */
export const writeRows = (gloss: string, rows: readonly Row[], out: DescribeWriter): void => {
  out.line(2, 'Type:', gloss);
  for (const [label, value] of rows) out.line(2, label, goText(value));
};

/** Sources that pods and persistent volumes describe alike; false when it is none of them. */
export const sharedRows = (volume: Source, out: DescribeWriter): boolean => {
  const ro = (source: {readOnly?: boolean}): Row => ['ReadOnly:', source.readOnly === true];
  const {
    hostPath,
    gcePersistentDisk: gce,
    awsElasticBlockStore: aws,
    nfs,
    iscsi,
    rbd,
    quobyte,
    vsphereVolume,
    cinder,
    azureDisk,
  } = volume;
  const {photonPersistentDisk: photon, portworxVolume, cephfs, storageos, fc, flexVolume, flocker} = volume;
  if (hostPath !== undefined)
    writeRows(
      GLOSS.hostPath,
      [
        ['Path:', hostPath.path],
        ['HostPathType:', hostPath.type ?? '<none>'],
      ],
      out,
    );
  else if (gce !== undefined)
    writeRows(
      GLOSS.gcePersistentDisk,
      [['PDName:', gce.pdName], ['FSType:', gce.fsType], ['Partition:', gce.partition ?? 0], ro(gce)],
      out,
    );
  else if (aws !== undefined)
    writeRows(
      GLOSS.awsElasticBlockStore,
      [['VolumeID:', aws.volumeID], ['FSType:', aws.fsType], ['Partition:', aws.partition ?? 0], ro(aws)],
      out,
    );
  else if (nfs !== undefined) writeRows(GLOSS.nfs, [['Server:', nfs.server], ['Path:', nfs.path], ro(nfs)], out);
  else if (iscsi !== undefined) writeRows(GLOSS.iscsi, iscsiRows(iscsi), out);
  else if (rbd !== undefined) {
    writeRows(
      GLOSS.rbd,
      [
        ['CephMonitors:', list(rbd.monitors)],
        ['RBDImage:', rbd.image],
        ['FSType:', rbd.fsType],
        ['RBDPool:', rbd.pool],
        ['RadosUser:', rbd.user],
        ['Keyring:', rbd.keyring],
        ['SecretRef:', secretText(rbd.secretRef)],
        ro(rbd),
      ],
      out,
    );
  } else if (quobyte !== undefined)
    writeRows(GLOSS.quobyte, [['Registry:', quobyte.registry], ['Volume:', quobyte.volume], ro(quobyte)], out);
  else if (vsphereVolume !== undefined) {
    writeRows(
      GLOSS.vsphereVolume,
      [
        ['VolumePath:', vsphereVolume.volumePath],
        ['FSType:', vsphereVolume.fsType],
        ['StoragePolicyName:', vsphereVolume.storagePolicyName],
      ],
      out,
    );
  } else if (cinder !== undefined) {
    writeRows(
      GLOSS.cinder,
      [['VolumeID:', cinder.volumeID], ['FSType:', cinder.fsType], ro(cinder), ['SecretRef:', secretText(cinder.secretRef)]],
      out,
    );
  } else if (azureDisk !== undefined) {
    writeRows(
      GLOSS.azureDisk,
      [
        ['DiskName:', azureDisk.diskName],
        ['DiskURI:', azureDisk.diskURI],
        ['Kind: ', azureDisk.kind],
        ['FSType:', azureDisk.fsType],
        ['CachingMode:', azureDisk.cachingMode],
        ro(azureDisk),
      ],
      out,
    );
  } else if (photon !== undefined)
    writeRows(
      GLOSS.photonPersistentDisk,
      [
        ['PdID:', photon.pdID],
        ['FSType:', photon.fsType],
      ],
      out,
    );
  else if (portworxVolume !== undefined) writeRows(GLOSS.portworxVolume, [['VolumeID:', portworxVolume.volumeID]], out);
  else if (cephfs !== undefined) {
    writeRows(
      GLOSS.cephfs,
      [
        ['Monitors:', list(cephfs.monitors)],
        ['Path:', cephfs.path],
        ['User:', cephfs.user],
        ['SecretFile:', cephfs.secretFile],
        ['SecretRef:', secretText(cephfs.secretRef)],
        ro(cephfs),
      ],
      out,
    );
  } else if (storageos !== undefined) {
    writeRows(
      GLOSS.storageos,
      [
        ['VolumeName:', storageos.volumeName],
        ['VolumeNamespace:', storageos.volumeNamespace],
        ['FSType:', storageos.fsType],
        ro(storageos),
      ],
      out,
    );
  } else if (fc !== undefined)
    writeRows(
      GLOSS.fc,
      [['TargetWWNs:', (fc.targetWWNs ?? []).join(', ')], ['LUN:', fc.lun ?? '<none>'], ['FSType:', fc.fsType], ro(fc)],
      out,
    );
  else if (flexVolume !== undefined) {
    writeRows(
      GLOSS.flexVolume,
      [
        ['Driver:', flexVolume.driver],
        ['FSType:', flexVolume.fsType],
        ['SecretRef:', secretText(flexVolume.secretRef)],
        ro(flexVolume),
        ['Options:', mapText(flexVolume.options)],
      ],
      out,
    );
  } else if (flocker !== undefined)
    writeRows(
      GLOSS.flocker,
      [
        ['DatasetName:', flocker.datasetName],
        ['DatasetUUID:', flocker.datasetUUID],
      ],
      out,
    );
  else return false;
  return true;
};

const iscsiRows = (iscsi: NonNullable<Source['iscsi']>): readonly Row[] => [
  ['TargetPortal:', iscsi.targetPortal],
  ['IQN:', iscsi.iqn],
  ['Lun:', iscsi.lun],
  // This label has no colon in kubectl.
  ['ISCSIInterface', iscsi.iscsiInterface],
  ['FSType:', iscsi.fsType],
  ['ReadOnly:', iscsi.readOnly === true],
  ['Portals:', list(iscsi.portals)],
  ['DiscoveryCHAPAuth:', iscsi.chapAuthDiscovery === true],
  ['SessionCHAPAuth:', iscsi.chapAuthSession === true],
  ['SecretRef:', secretText(iscsi.secretRef)],
  ['InitiatorName:', iscsi.initiatorName ?? '<none>'],
];

/** ScaleIO; persistent volumes tell the secret's place, too. */
export const scaleRows = (scale: Omit<NonNullable<Source['scaleIO']>, 'secretRef'>, secret: readonly Row[]): readonly Row[] => [
  ['Gateway:', scale.gateway],
  ['System:', scale.system],
  ['Protection Domain:', scale.protectionDomain],
  ['Storage Pool:', scale.storagePool],
  ['Storage Mode:', scale.storageMode],
  ['VolumeName:', scale.volumeName],
  ...secret,
  ['FSType:', scale.fsType],
  ['ReadOnly:', scale.readOnly === true],
];

const goText = (value: Row[1] | null): string => (value === undefined || value === null ? '' : String(value));
const list = (values: readonly string[] | undefined): string => `[${(values ?? []).join(' ')}]`;
const mapText = (map: Record<string, string> | undefined): string =>
  `map[${Object.keys(map ?? {})
    .toSorted()
    .map((key) => `${key}:${map?.[key]}`)
    .join(' ')}]`;

// Go's generated String() of a secret reference; only persistent volumes name a namespace.
const secretText = (secret: Secret): string => {
  if (secret === undefined) return 'nil';
  if ('namespace' in secret) return `&SecretReference{Name:${secret.name ?? ''},Namespace:${secret.namespace ?? ''},}`;
  return `&LocalObjectReference{Name:${secret.name ?? ''},}`;
};
