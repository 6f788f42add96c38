import type { Path } from './file-node.ts';
import type { ValidParts } from './partial-parse.ts';
import type { DefaultsContent, TargetContent } from './schema.ts';

/** Looks up the keys of a target's role: the target's own key, else that of its class, else that of the defaults. Nothing is merged. */
export class RoleSource {
  readonly target: TargetContent;
  readonly path: Path;
  readonly #layers: readonly { readonly content: DefaultsContent; readonly path: Path }[];

  constructor({ defaults, classes }: Pick<ValidParts, 'defaults' | 'classes'>, target: TargetContent, index: number) {
    this.target = target;
    this.path = ['targets', index];
    const ofClass = target.class === undefined ? [] : [{ content: classes.get(target.class) ?? {}, path: ['classes', target.class] }];
    this.#layers = [{ content: target, path: this.path }, ...ofClass, { content: defaults, path: ['defaults'] }];
  }

  /** The value of a key, and the path in the file where it stands or could stand. */
  get<Key extends keyof DefaultsContent>(key: Key): { readonly value: DefaultsContent[Key]; readonly path: Path } {
    const stated = this.#layers.find(({ content }) => content[key] !== undefined);
    return { value: stated?.content[key], path: [...(stated?.path ?? ['defaults']), key] };
  }
}
