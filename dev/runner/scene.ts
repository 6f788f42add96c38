import { runAction } from './run-action.ts';
import { type Scene, type SceneOptions, setScene } from './set-scene.ts';

export { DESIRED_STATE, type Scene, type SceneOptions } from './set-scene.ts';

/** A scene in which the shipped bundle runs. */
export function openScene(options: SceneOptions = {}): Promise<Scene> {
  return setScene(runAction, options);
}

/** @returns opens scenes in which another bundle runs; `undefined`: the shipped one */
export function openerOf(bundle: string | undefined): (options: SceneOptions) => Promise<Scene> {
  return (options) => openScene(bundle === undefined ? options : { ...options, bundle });
}
