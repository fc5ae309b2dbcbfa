// Runs plugins' hooks so that a broken or slow one is reported once and never stops kdeck.
import {messageOf} from '../../base/errors.ts';
import type {Hooks, OperationEvent, Verdict} from '../api/index.ts';
import type {ContributionRegistry} from './registry.ts';

/** Milliseconds a hook may take before kdeck goes on without it. */
const patience = 2000;

type Report = (plugin: string, hook: keyof Hooks, problem: string) => void;

/** Calls hooks of all plugins; `report` hears of each problem once per plugin and hook. */
export class HookRunner {
  readonly #registry: ContributionRegistry;
  readonly #report: Report;
  readonly #reported = new Set<string>();

  constructor(registry: ContributionRegistry, report: Report) {
    this.#registry = registry;
    this.#report = report;
  }

  /** True when some plugin has this hook: nobody should pay for a question nobody answers. */
  listens(name: keyof Hooks): boolean {
    return this.#registry.hooks().some(({value}) => value[name] !== undefined);
  }

  /** Tells all listeners; resolves when they are done or out of time. */
  async tell<Name extends 'started' | 'contextChanged' | 'objectChanged' | 'afterOperation'>(
    name: Name,
    event: Parameters<NonNullable<Hooks[Name]>>[0],
  ): Promise<void> {
    await Promise.all(
      this.#registry.hooks().map(async ({value, origin}) => {
        const hook = value[name] as ((event: unknown) => unknown) | undefined;
        if (hook !== undefined) await this.#guarded(origin.name, name, () => hook(event));
      }),
    );
  }

  /** Asks all guards before an operation. One refusal stops it; questions add up. */
  async beforeOperation(event: OperationEvent): Promise<{readonly refused: readonly string[]; readonly asks: readonly string[]}> {
    const refused: string[] = [];
    const asks: string[] = [];
    for (const {value, origin} of this.#registry.hooks()) {
      const guard = value.beforeOperation;
      if (guard === undefined) continue;
      const verdict = (await this.#guarded(origin.name, 'beforeOperation', () => guard(event))) as Verdict;
      if (verdict === undefined) continue;
      if ('refuse' in verdict) refused.push(`${origin.name}: ${verdict.refuse}`);
      else asks.push(`${origin.name}: ${verdict.ask}`);
    }
    return {refused, asks};
  }

  /** Text to show for a log line, after all plugins had their look. */
  logLine(event: {readonly pod: string; readonly container: string; readonly text: string}): string {
    let text = event.text;
    for (const {value, origin} of this.#registry.hooks()) {
      try {
        text = value.logLine?.({...event, text}) ?? text;
      } catch (error) {
        this.#tellOnce(origin.name, 'logLine', messageOf(error));
      }
    }
    return text;
  }

  async #guarded(plugin: string, name: keyof Hooks, run: () => unknown): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        this.#tellOnce(plugin, name, `took longer than ${patience / 1000} s`);
        resolve(undefined);
      }, patience);
    });
    try {
      return await Promise.race([Promise.resolve().then(run), late]);
    } catch (error) {
      this.#tellOnce(plugin, name, messageOf(error));
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  #tellOnce(plugin: string, hook: keyof Hooks, problem: string): void {
    const key = `${plugin} ${hook}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#report(plugin, hook, problem);
  }
}
