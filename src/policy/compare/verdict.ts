import type { Verdict } from '../types.ts';
import type { AnswerDifference } from './explore.ts';

/** Folds differences into the verdict: a direction counts when a difference in it is certain and none in the other is even possible. */
export function verdictOf(differences: readonly AnswerDifference[]): Exclude<Verdict, 'invalid'> {
  const gained = differences.filter(({ direction }) => direction === 'gained');
  const lost = differences.filter(({ direction }) => direction === 'lost');
  if (differences.length === 0) return 'same';
  if (lost.length === 0 && gained.some(({ certain }) => certain)) return 'widened';
  if (gained.length === 0 && lost.some(({ certain }) => certain)) return 'narrowed';
  return 'changed';
}
