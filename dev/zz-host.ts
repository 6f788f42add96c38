import { openScene } from './runner/scene.ts';
import { openPull, commit } from './runner/pull-request.ts';
import { readFileSync, writeFileSync } from 'node:fs';
const H = '@acme/all <img src=x onerror=alert(1)> ##[error]x ::error::y `![x](http://e.vil)` <!-- --> | a | #1 </details> {account} $x$ \u202e';
async function go(name: string, base: string | null, head: string, opts: any = {}) {
  const scene = await openScene({ guide: { targets: ['200000000001','200000000002'] } } as any);
  scene.github.repository.visibility = opts.visibility ?? 'private';
  await scene.write('.github/assume-role.yml', head);
  const s = openPull(scene, { base, fork: opts.fork ?? false }).step();
  scene.aws.calls.length = 0;
  const r = await scene.run({ ...s, ...(opts.event ? { event: opts.event } : {}), inputs: { ...(s as any).inputs, ...opts.inputs } } as any);
  const rep: any = await scene.report().catch(() => null);
  console.log(`=== ${name}: exit ${r.exitCode}`, r.annotations.map(a => `${a.level}: ${a.message.slice(0, 220)}`), 'writes', scene.github.calls.filter(c => c.method !== 'GET').map(c => `${c.method} ${c.path} ${c.status}`), 'aws', [...new Set(scene.aws.calls.map(c => c.action))].filter(a => !/^(Get|List|Assume)/.test(a)).join());
  const body = scene.github.repository.comments.at(-1)?.body ?? '(none)\n' + (opts.showSummary ? r.summary : '');
  console.log(body.slice(0, opts.max ?? 3500)); console.log('len', body.length, 'cmd', r.stdout.split('\n').filter(l => /##\[|^\s*::(?!add-mask|warning|error|notice|debug)/.test(l)).slice(0,5));
  await scene[Symbol.asyncDispose]();
}
const F = (t: any[], more: any = {}) => JSON.stringify({ version: 1, hub: { account: '111111111111', user: 'micetro', group: 'micetro-targets', ...more.hub }, targets: t, ...more.rest }, null, 1);
const two = ['200000000001','200000000002'];
const which = process.argv[2];
const all: Record<string, () => Promise<void>> = {
 hostile: () => go('hostile', F(two), F([{ account: two[0], name: H.slice(0, 60), owner: H.slice(0, 60), description: H, tags: { a: 'b' } }, two[1]], { rest: { exceptions: [{ rule: 'trust-changed', owner: H, reason: H, expires: '2999-01-31' }] } }), { visibility: 'public' }),
 user: () => go('user renamed', F(two), F(two, { hub: { user: 'other' } })),
 ext: () => go('external id', F(two), F(two, { rest: { auditor: { roleName: 'AssumeRoleAuditor', externalId: 'abcd' } } })),
 owner: () => go('owner only', F(two), F([{ account: two[0], owner: '@a/b', name: 'n' }, two[1]])),
 rr: () => go('review event', F(two), F(two), { event: 'pull_request_review', inputs: { fix: 'true' } }),
 validate: () => go('validate', F(two), F([...two, '200000000009']), { inputs: { mode: 'validate' } }),
 many: () => go('many', F(two), F([...two, ...Array.from({ length: 400 }, (_, i) => ({ account: String(300000000000 + i), name: 'x'.repeat(60) + i, trust: i % 2 ? { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: String(500000000000 + i) }, Action: 'sts:AssumeRole' } } : 'hub-user' }))], {hub: {groups: Array.from({length: 12}, (_, i) => 'g' + i), group: undefined}}), { max: 2500 }),
 bad: () => go('bad', F(two), 'version: 1\nhub: { account: "111111111111", user: "' + '@x <b>' + '", group: g }\ntargets: [ "1" ]\n' + H),
};
for (const n of (which ? which.split(',') : Object.keys(all))) await all[n]!();
process.exit(0);
