import { readdirSync, readFileSync } from 'node:fs';
import type { CloudTrailRecord } from '../../dev/aws/cloudtrail/event.ts';

/** A published event; older ones lack some of the fields. */
export interface Sample {
  readonly name: string;
  readonly source: { readonly repository: string; readonly path: string; readonly licence: string };
  readonly record: Partial<CloudTrailRecord>;
}

const folder = new URL('samples/', import.meta.url);

/** Every published event in `samples`, by name. */
export function readSamples(): ReadonlyMap<string, Sample> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(files.map((file) => [file.slice(0, -'.json'.length), { name: file.slice(0, -'.json'.length), ...read(file) }]));
}

function read(file: string): Omit<Sample, 'name'> {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
}
