import type { Service } from '../protocol/xml.ts';

/**
 * What goes wrong instead of the right answer. `lost-reply`: the call takes effect and the connection breaks before the answer;
 * `garbled-reply`: what comes back is no HTTP. `reset`: it breaks before.
 * `hang`: nothing is answered until the client gives up. `html`: 502 with a page, as a proxy answers. An object is any error of AWS's.
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

/** Which calls are hit, and how; what is left out matches all. */
export interface Fault {
  readonly service?: Service;
  /** `GetRole`, or several. */
  readonly action?: string | readonly string[];
  /** The account that is called: of AssumeRole the role's. */
  readonly account?: string;
  /** Only calls that have these parameters, such as `{ RoleName: 'Micetro' }`. */
  readonly params?: Readonly<Record<string, string>>;
  /** So many matching calls go well first. Default 0. */
  readonly after?: number;
  /** So many matching calls are hit. Default all. */
  readonly times?: number;
  /** Run when a call is hit, before it is answered: to change something between two calls of a client. */
  readonly before?: () => void | Promise<void>;
  /** Without one the call is answered rightly, after `before`. */
  readonly effect?: Effect;
  /** Milliseconds before the answer, beside the server's own latency. */
  readonly delayMs?: number;
}

/** What a fault is matched against. */
export interface FaultTarget {
  readonly service: Service;
  readonly action: string;
  readonly account: string;
  readonly param: (name: string) => string | undefined;
}

export class Faults {
  #active: { readonly fault: Fault; seen: number }[] = [];

  /** Replaces all faults that were set before. Admin calls are never hit. */
  set(faults: readonly Fault[]): void {
    this.#active = faults.map((fault) => ({ fault, seen: 0 }));
  }

  add(...faults: Fault[]): void {
    this.#active.push(...faults.map((fault) => ({ fault, seen: 0 })));
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
