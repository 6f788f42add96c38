import fc from 'fast-check';

/**
 * Properties start from one seed, so that the gate says the same of the same commit. To look further: `PROPERTY_SEED=random npm test`, or a number.
 * What is found is printed with its seed.
 */
const wanted = process.env.PROPERTY_SEED ?? '20261122';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
