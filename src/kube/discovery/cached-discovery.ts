// The Discovery of one cluster: built-in words, then the file of an earlier run, then the server.
import {systemClock, type Clock} from '../../base/clock.ts';
import type {Discovery, KubeClient} from '../client.ts';
import {apiVersionOf, type ApiResource, type ResourceRef} from '../types/object.ts';
import {builtInTypes} from './built-in.ts';
import {DiscoveryFile, type CachedTypes} from './cache-file.ts';
import {fetchServedTypes} from './fetch.ts';
import {matchCategory, matchWord} from './match.ts';

/** How a Discovery keeps and renews what it knows. */
export type DiscoveryOptions = {
  /** Directory of the files; undefined keeps everything in memory. */
  readonly directory?: string | undefined;
  /** Long sessions look again in the background; a command never sends what nobody waits for. */
  readonly revalidates: boolean;
  readonly onWarning?: ((text: string) => void) | undefined;
  readonly clock?: Clock | undefined;
};

const REVALIDATE_AFTER_MS = 10 * 60_000;
const FORGET_AFTER_MS = 6 * 3_600_000;
const FRESH_MS = 5000;

/** Opens the discovery of a client's server. Nothing is read or asked yet. */
export const openDiscovery = (client: KubeClient, options: DiscoveryOptions): Discovery => new CachedDiscovery(client, options);

class CachedDiscovery implements Discovery {
  private readonly client: KubeClient;
  private readonly options: DiscoveryOptions;
  private readonly clock: Clock;
  private file: DiscoveryFile | undefined;
  private cached: CachedTypes | undefined;
  private fileRead = false;
  private fetching: Promise<CachedTypes> | undefined;
  /** When this process last asked the server, in milliseconds. */
  private askedAt: number | undefined;
  private forgotten = false;

  constructor(client: KubeClient, options: DiscoveryOptions) {
    this.client = client;
    this.options = options;
    this.clock = options.clock ?? systemClock;
  }

  async resources(): Promise<readonly ApiResource[]> {
    return (await this.all()).resources;
  }

  async problems(): Promise<readonly {readonly groupVersion: string; readonly reason: string}[]> {
    return (await this.all()).failed;
  }

  async find(word: string): Promise<readonly ApiResource[]> {
    const match = await this.search((resources) => {
      const found = matchWord(word, resources);
      return found.found.length === 0 ? undefined : found;
    });
    for (const warning of match?.warnings ?? []) this.options.onWarning?.(warning);
    return match?.found ?? [];
  }

  forKind(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    return this.search((resources) => resources.find((one) => one.kind === kind && apiVersionOf(one) === apiVersion));
  }

  forRef(ref: ResourceRef): Promise<ApiResource | undefined> {
    return this.search((resources) =>
      resources.find((one) => one.plural === ref.plural && one.group === ref.group && one.version === ref.version),
    );
  }

  async category(word: string): Promise<readonly ApiResource[] | undefined> {
    // Custom types join categories, so the built-in list is never the whole answer. A word that is no category is
    // usually a type, and not worth a request: the next look finds out.
    if (this.known() === undefined && matchWord(word, builtInTypes()).found.length > 0) return undefined;
    return matchCategory(word, (await this.all()).resources);
  }

  async refresh(): Promise<void> {
    this.cached = undefined;
    this.fileRead = true;
    this.forgotten = true;
    this.askedAt = undefined;
  }

  /** Asks each source in turn until one knows; the server only when nothing else does. */
  private async search<T>(look: (resources: readonly ApiResource[]) => T | undefined): Promise<T | undefined> {
    const known = this.known();
    const early = look(known?.resources ?? (this.forgotten ? [] : builtInTypes()));
    if (early !== undefined || this.isFresh()) return early;
    return look((await this.fetch()).resources);
  }

  /** An unknown word stays unknown for the rest of a command; in a session somebody may just have installed it. */
  private isFresh(): boolean {
    if (this.askedAt === undefined) return false;
    return !this.options.revalidates || this.clock.now().getTime() - this.askedAt < FRESH_MS;
  }

  private async all(): Promise<CachedTypes> {
    return this.known() ?? this.fetch();
  }

  /** What is known without waiting; starts a look in the background when it is getting old. */
  private known(): CachedTypes | undefined {
    if (!this.fileRead) {
      this.fileRead = true;
      this.cached = this.diskFile()?.read();
    }
    const age = this.cached === undefined ? 0 : this.clock.now().getTime() - this.cached.fetchedAt;
    if (age > FORGET_AFTER_MS || age < 0) this.cached = undefined;
    else if (age > REVALIDATE_AFTER_MS && this.options.revalidates) this.fetch().catch(() => undefined);
    return this.cached;
  }

  private fetch(): Promise<CachedTypes> {
    this.fetching ??= this.load().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async load(): Promise<CachedTypes> {
    const served = await fetchServedTypes(this.client, this.cached?.etags);
    const fetchedAt = this.clock.now().getTime();
    const types = served === undefined ? {...(this.cached as CachedTypes), fetchedAt} : {...served, fetchedAt};
    this.cached = types;
    this.askedAt = fetchedAt;
    // A group that does not answer today must not be missing for six hours.
    if (types.failed.length === 0) this.diskFile()?.write(types);
    return types;
  }

  private diskFile(): DiscoveryFile | undefined {
    if (this.options.directory === undefined) return undefined;
    return (this.file ??= new DiscoveryFile(this.options.directory, this.client.clusterId));
  }
}
