import type { Element } from 'hast';
import type { ReportFinding } from '../../model/schema.ts';
import { chip, type Tone } from './nodes.ts';

const TONES: Readonly<Record<ReportFinding['access'], Tone>> = { widened: 'more', changed: 'other', narrowed: 'less', none: 'none' };

export function accessChip({ access }: Pick<ReportFinding, 'access'>): Element {
  return chip(TONES[access], access === 'none' ? 'no effect' : access);
}
