/** Jest makes one for each test file. This one gives it no realm of its own: its tests run in that of the worker. */
export default class WorkerRealm {
  global = {};

  getVmContext() {
    return null;
  }

  async setup() {}

  async teardown() {}
}
