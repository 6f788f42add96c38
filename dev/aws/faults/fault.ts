import type { Service } from '../protocol/service.ts';

/**
 * What happens instead of the right answer. `lost-reply`: the call takes effect, and the connection breaks before the answer.
 * `garbled-reply`: the answer is not HTTP. `reset`: the connection breaks before the call takes effect.
 * `hang`: no answer until the client gives up. `html`: 502 with a page, like a proxy's answer. An object is any of AWS's errors.
 */
export type Effect =
  | 'access-denied'
  | 'expired-token'
  | 'throttling'
  | 'internal-failure'
  | 'service-unavailable'
  | 'html'
  | 'reset'
  | 'lost-reply'
  | 'garbled-reply'
  | 'hang'
  | { readonly code: string; readonly status: number; readonly message: string };

/** Which calls are hit, and how. Parts that are left out match every call. */
export interface Fault {
  readonly service?: Service;
  /** `GetRole`, or several. */
  readonly action?: string | readonly string[];
  /** The account that is called: for AssumeRole, the role's. */
  readonly account?: string;
  /** Only calls that have these parameters, such as `{ RoleName: 'Micetro' }`. */
  readonly params?: Readonly<Record<string, string>>;
  /** Number of matching calls that first go well. Default 0. */
  readonly after?: number;
  /** Number of matching calls that are hit. Default all. */
  readonly times?: number;
  /** Runs when a call is hit, before its answer, to change something between two calls of a client. */
  readonly before?: () => void | Promise<void>;
  /** Without an effect, the call gets the right answer after `before`. */
  readonly effect?: Effect;
  /** Milliseconds before the answer, in addition to the server's own latency. */
  readonly delayMs?: number;
}

/** What is compared with a fault. */
export interface FaultTarget {
  readonly service: Service;
  readonly action: string;
  readonly account: string;
  readonly param: (name: string) => string | undefined;
}

export class Faults {
  #active: { readonly fault: Fault; seen: number }[] = [];

  /** Replaces all earlier faults. Admin calls are never hit. */
  set(faults: readonly Fault[]): void {
    this.#active = faults.map((fault) => ({ fault, seen: 0 }));
  }

  add(...faults: Fault[]): void {
    this.#active.push(...faults.map((fault) => ({ fault, seen: 0 })));
  }

  /** Before all others, and until they are replaced. */
  addFirst(fault: Fault): void {
    this.#active.unshift({ fault, seen: 0 });
  }

  clear(): void {
    this.#active = [];
  }

  /** The first fault that hits this call; every match counts towards `after` and `times`. */
  hit(target: FaultTarget): Fault | undefined {
    let hit: Fault | undefined;
    for (const entry of this.#active) {
      if (!matches(entry.fault, target)) continue;
      entry.seen += 1;
      const { after = 0, times = Number.POSITIVE_INFINITY } = entry.fault;
      if (hit === undefined && entry.seen > after && entry.seen <= after + times) hit = entry.fault;
    }
    return hit;
  }
}

function matches(fault: Fault, { service, action, account, param }: FaultTarget): boolean {
  const actions = typeof fault.action === 'string' ? [fault.action] : fault.action;
  return (
    (fault.service ?? service) === service &&
    (actions?.includes(action) ?? true) &&
    (fault.account ?? account) === account &&
    Object.entries(fault.params ?? {}).every(([name, value]) => param(name) === value)
  );
}
