import assert from 'node:assert/strict';
import type { Picture } from '../../src/history/picture';
import type { Topology, TopologyRole } from '../../src/history/topology';
import { topologyMermaid } from '../../src/history/topologyMermaid';
import { topologyPicture } from '../../src/history/topologyPicture';
import { topologySvg } from '../../src/history/topologySvg';
import { english } from '../../src/history/words';
import { faultDomain, upgradeDomain } from '../../src/lifecycle/domains';
import { parse } from '../../src/xml/parser';

function role(name: string, count: number, changes: Partial<TopologyRole> = {}): TopologyRole {
	const instances = Array.from({ length: count }, (_, index) => ({
		...{ instance: `${name}_IN_${index}`, index },
		...{ upgradeDomain: upgradeDomain(index, 5), faultDomain: faultDomain(index) },
	}));
	return { name, kind: 'WorkerRole', endpoints: [], instances, ...changes };
}

const front = role('Front', 2, { endpoints: [{ name: 'Web', kind: 'input', protocol: 'http', port: '80' }] });
const back = role('Back', 3, {
	endpoints: [
		{ name: 'Orders', kind: 'internal', protocol: 'tcp' },
		{ name: 'Open', kind: 'internal', protocol: 'tcp', port: '9000-9010' },
	],
});
const files: Topology = {
	service: 'Shop',
	deployments: [
		{
			slot: 'production',
			upgradeDomainCount: 5,
			roles: [front, back],
			rules: [{ from: ['Front'], role: 'Back', endpoint: 'Orders' }],
		},
	],
};

/** Half ready: the first instance of each role. */
function running(slot: 'production' | 'staging'): Topology['deployments'][number] {
	const deployment = files.deployments[0] ?? assert.fail();
	const roles = deployment.roles.map(each => ({
		...each,
		endpoints: each.endpoints.map(endpoint =>
			endpoint.kind === 'input' ? { ...endpoint, at: '127.0.0.1:8080' } : endpoint,
		),
		instances: each.instances.map(instance => ({
			...instance,
			now:
				instance.index === 0
					? ({ state: 'ReadyRole', text: 'Ready', inRotation: true } as const)
					: ({ state: 'CyclingRole', text: 'Recycling', inRotation: false } as const),
		})),
	}));
	return { ...deployment, slot, status: 'Running', roles };
}

function says({ shapes }: Picture): readonly string[] {
	return shapes.flatMap(shape => (shape.shape === 'box' && shape.says !== undefined ? [shape.says] : []));
}

suite('topology', () => {
	test('before a run: what the files say', () => {
		assert.deepEqual(says(topologyPicture(files, english)), [
			'Production deployment, not running',
			'Load balancer with 1 public endpoint',
			'Public endpoint Web http 80 to Front: 2 instances',
			'Role Front, 2 instances',
			'Front_IN_0, not running, upgrade domain 0, fault domain 0',
			'Front_IN_1, not running, upgrade domain 1, fault domain 1',
			'Role Back, 3 instances',
			'Back_IN_0, not running, upgrade domain 0, fault domain 0',
			'Back_IN_2, not running, upgrade domain 2, fault domain 0',
			'Back_IN_1, not running, upgrade domain 1, fault domain 1',
			'Internal endpoint Orders tcp of Back: only Front may speak to it',
			'Internal endpoint Open tcp 9000-9010 of Back: every role may speak to it',
		]);
	});

	test('live: states, rotation, addresses, both deployments', () => {
		const picture = topologyPicture(
			{ service: 'Shop', deployments: [running('production'), running('staging')] },
			english,
		);
		const said = says(picture);
		assert.deepEqual(said.slice(0, 6), [
			'Production deployment, Running',
			'Load balancer with 1 public endpoint',
			'Public endpoint Web http 80 (127.0.0.1:8080) to Front: 1 of 2 instances in rotation',
			'Role Front, 1 of 2 ready',
			'Front_IN_0, Ready, upgrade domain 0, fault domain 0, in rotation',
			'Front_IN_1, Recycling, upgrade domain 1, fault domain 1, out of rotation',
		]);
		assert.equal(said[12], 'Staging deployment, Running');
		const dashed = picture.shapes.flatMap(shape => (shape.shape === 'box' && shape.dashed ? [shape.id] : []));
		assert.deepEqual(dashed.slice(0, 3), ['production/Front_IN_1', 'production/Back_IN_2', 'production/Back_IN_1']);
		const ids = picture.shapes.flatMap(shape => (shape.shape === 'box' ? [shape.id] : []));
		assert.equal(new Set(ids).size, ids.length, 'each thing has its own id');
	});

	test('everything lies inside of the picture and no two instances on each other, with a thousand of them too', () => {
		const many: Topology = {
			service: 'Shop',
			deployments: [{ slot: 'production', upgradeDomainCount: 5, roles: [role('Mill', 1000), front], rules: [] }],
		};
		const { width, height, shapes } = topologyPicture(many, english);
		const places = new Set<string>();
		for (const shape of shapes) {
			if (shape.shape === 'box') {
				assert.ok(shape.x >= 0 && shape.y >= 0 && shape.x + shape.width <= width && shape.y + shape.height <= height);
				places.add(shape.about?.instance === undefined ? '' : `${shape.x} ${shape.y}`);
			}
		}
		assert.equal(places.size, 1000 + 2 + 1);
	});

	test('endpoints with long names, and more of them than instances: every text lies inside of its box', () => {
		const name = (place: number) => `Microsoft.WindowsAzure.Plugins.RemoteForwarder.Rdp${place}`;
		const kinds = ['input', 'internal', 'instanceInput'] as const;
		const endpoints = Array.from({ length: 12 }, (_, place) => ({
			...{ name: name(place), kind: kinds[place % 3] ?? 'input', protocol: 'tcp', port: '20000-20020' },
		}));
		const long = role('TheRoleThatEverybodyTalksToAllDay', 1, { endpoints });
		const service: Topology = {
			service: 'Shop',
			deployments: [{ slot: 'production', upgradeDomainCount: 5, roles: [long], rules: [] }],
		};
		const { width, height, shapes } = topologyPicture(service, english);
		const boxes = shapes.flatMap(shape => (shape.shape === 'box' && shape.look !== 'cell' ? [shape] : []));
		const [frame, ...inside] = boxes;
		assert.ok(frame && frame.y + frame.height <= height && frame.x + frame.width <= width);
		for (const { id, x, y, width: wide, height: high } of inside) {
			assert.ok(x + wide <= frame.x + frame.width && y + high <= frame.y + frame.height, id);
		}
		for (const label of shapes.flatMap(shape => (shape.shape === 'label' && !shape.anchor ? [shape] : []))) {
			const around = boxes.findLast(({ x, y, width: wide, height: high }) => {
				const isIn = label.x >= x && label.x <= x + wide && label.y >= y && label.y <= y + high;
				return isIn;
			});
			// A sans-serif of 12 pixels has about 6.5 for a character.
			assert.ok(around && label.x + label.text.length * 6.5 <= around.x + around.width, label.text);
		}
		assert.ok(says({ title: '', width, height, shapes }).some(text => text.includes(`${name(11)} tcp 20000-20020`)));
	});

	test('no role, no endpoint, no instance', () => {
		const empty: Topology = {
			service: 'Shop',
			deployments: [{ slot: 'production', upgradeDomainCount: 1, roles: [role('Idle', 0)], rules: [] }],
		};
		assert.deepEqual(says(topologyPicture(empty, english)), [
			'Production deployment, not running',
			'Role Idle, 0 instances',
		]);
		assert.deepEqual(says(topologyPicture({ service: '', deployments: [] }, english)), []);
	});

	test('a rule about roles that are not there draws nothing', () => {
		const rules = [
			{ from: ['Nobody'], role: 'Back', endpoint: 'Orders' },
			{ from: ['Front'], role: 'Back', endpoint: 'Nothing' },
		];
		const deployment = { ...(files.deployments[0] ?? assert.fail()), rules };
		const { shapes } = topologyPicture({ service: 'Shop', deployments: [deployment] }, english);
		assert.equal(shapes.filter(({ shape }) => shape === 'line').length, 1, 'the line of the public endpoint');
	});

	test('SVG is well-formed and says what the picture says', () => {
		const picture = topologyPicture({ service: 'A & <B>', deployments: [running('production')] }, english);
		const svg = topologySvg(picture);
		assert.deepEqual(parse(svg).problems, []);
		assert.ok(svg.includes('<title>Topology of A &amp; &lt;B&gt;</title>'));
		for (const text of says(picture)) {
			assert.ok(svg.includes(`<title>${text}</title>`), text);
		}
	});

	test('Mermaid: roles with their instances, the balancer, who may speak to whom', () => {
		assert.equal(
			topologyMermaid(files),
			[
				'flowchart LR',
				'    subgraph production["Production"]',
				'        subgraph production_0["Front"]',
				'            production_0_0["Front_IN_0 · UD 0 · FD 0"]',
				'            production_0_1["Front_IN_1 · UD 1 · FD 1"]',
				'        end',
				'        subgraph production_1["Back"]',
				'            production_1_0["Back_IN_0 · UD 0 · FD 0"]',
				'            production_1_1["Back_IN_1 · UD 1 · FD 1"]',
				'            production_1_2["Back_IN_2 · UD 2 · FD 0"]',
				'            production_1_in0(["Orders tcp"])',
				'            production_1_in1(["Open tcp 9000-9010"])',
				'        end',
				'    end',
				'    internet((Internet)) --> production_balancer{{"Load balancer"}}',
				'    production_balancer -->|"Web http 80"| production_0',
				'    production_0 -.-> production_1_in0',
				'',
			].join('\n'),
		);
	});
});
