import { type Drift, driftScene } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import type { AccountEstate, Estate } from '../../dev/aws/estate.ts';
import type { Guide } from '../../dev/aws/guide.ts';
import { canonical, readEstate } from '../../dev/aws/read.ts';
import type { Scene, SceneOptions } from '../../dev/runner/set-scene.ts';

/** An estate with all of the catalogue's drifts that a repair takes away, and a reader of it that shares nothing with the action. */

/** What people alone repair. */
const BY_PEOPLE = /^(hub-user-(login|key|credential)-|hub-caller-|role-(path|sessions)-|tool-role-)/;
/** These take what other drifts of the hub are about with them, so that each has an estate of its own. */
export const ALONE = /^hub-(user|group)-((inline-policy|boundary)-)?missing$/;

function drifts(stated: Drift['stated'], onMoto: boolean) {
  const fits = (drift: Drift) => drift.stated === stated && !BY_PEOPLE.test(drift.rule) && (drift.onMoto || !onMoto);
  return { hub: HUB_DRIFTS.filter((drift) => fits(drift) && !ALONE.test(drift.rule)), targets: TARGET_DRIFTS.filter(fits) };
}

interface Estates {
  readonly scene: Scene;
  readonly clean: readonly AccountEstate[];
  readonly drifted: readonly AccountEstate[];
  read(): Promise<readonly AccountEstate[]>;
}

export async function openCatalogue(
  open: (options: SceneOptions) => Promise<Scene>,
  stated: Drift['stated'],
  endpoint: string | undefined,
  more?: (draft: Estate, guide: Guide) => void,
): Promise<Estates> {
  if (endpoint !== undefined) await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  const { hub, targets } = drifts(stated, endpoint !== undefined);
  const edit = (draft: Estate, guide: Guide) => {
    if (more !== undefined) return more(draft, guide);
    for (const [index, drift] of targets.entries()) drift.edit(driftScene(draft, guide, guide.targets[index] ?? ''));
    // The last target is the one whose grant the hub's drifts are about.
    for (const drift of hub) drift.edit(driftScene(draft, guide, guide.targets.at(-1) ?? ''));
  };
  const guide = { stated, fixer: true, userBoundary: endpoint === undefined, targets: targets.length + 2 };
  const scene = await open({ guide, edit, ...(endpoint === undefined ? {} : { endpoint }) });
  const accounts = [scene.guide.hub, ...scene.guide.targets];
  const read = () => readEstate(scene.endpoint, accounts);
  return { scene, clean: canonical(scene.guide.estate.accounts), drifted: await read(), read };
}
