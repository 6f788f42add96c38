import { format } from 'node:util';

/** The part of jest's `describe` and `test` that the tests of `src/policy` use: collects the tests instead of running them. */
export class Collector {
  /** In the order of the files; ids are unique and the same in each evaluation. */
  tests = [];
  #suites = [];

  describe = Object.assign((name, body) => this.#suite(name, body), {
    each: (rows) => (name, body) => {
      for (const row of rows) this.#suite(titleOf(name, row), () => body(...argumentsOf(row)));
    },
  });

  test = Object.assign((name, run) => this.#add(name, run), {
    each: (rows) => (name, run) => {
      for (const row of rows) this.#add(titleOf(name, row), () => run(...argumentsOf(row)));
    },
  });

  #suite(name, body) {
    this.#suites.push(name);
    body();
    this.#suites.pop();
  }

  #add(name, run) {
    this.tests.push({ id: `${this.tests.length} ${[...this.#suites, name].join(' › ')}`, run });
  }
}

function argumentsOf(row) {
  return Array.isArray(row) ? row : [row];
}

function titleOf(name, row) {
  if (Array.isArray(row)) return format(name, ...row.slice(0, (name.match(/%[sj]/g) ?? []).length));
  return typeof row === 'object' && row !== null && 'name' in row ? String(row.name) : format(name, row);
}
