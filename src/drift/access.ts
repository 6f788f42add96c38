/** The live state seen from the desired one. */
export type Access = 'widened' | 'narrowed' | 'changed' | 'none';

/** Whether the hub user can get into a target, as far as could be read. */
export type Connection = 'works' | 'broken' | 'unknown';
