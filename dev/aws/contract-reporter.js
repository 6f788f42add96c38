/** Says at the end of a run what the contract suite could not compare: a skip that nobody sees hides that half of it did not run. */
export default class ContractReporter {
  onRunComplete(_contexts, { testResults }) {
    const suite = testResults.find(({ testFilePath }) => /[\\/]aws[\\/]contract\.test\.ts$/.test(testFilePath));
    const skipped =
      suite?.testResults.filter(({ ancestorTitles, status }) => ancestorTitles[0] === 'on moto' && status === 'pending') ?? [];
    if (skipped.length === 0) return;
    // At exit, because jest's own summary comes after all reporters.
    process.once('exit', () =>
      console.error(`moto_server is not on PATH: ${skipped.length} contract cases ran against the embedded AWS alone.`),
    );
  }
}
