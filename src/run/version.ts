import manifest from '../../package.json' with { type: 'json' };

/** The version of the action, for the report. */
export const toolVersion: string = manifest.version;
