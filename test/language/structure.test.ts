import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { parseFile } from '../../src/language/documents';
import { defaultHints } from '../../src/language/inlayHints';
import { linkedNames } from '../../src/language/linkedNames';
import { pathLinks } from '../../src/language/links';
import { organise } from '../../src/language/organise';
import { selectionRanges } from '../../src/language/selectionRanges';
import { parse } from '../../src/xml/parser';
import { marked } from '../support/marked';
import { configurationText, definitionText } from '../support/services';

suite('linked names', () => {
	const cases: readonly [source: string, expected: readonly string[]][] = [
		['<A><B|ee></Bee></A>', ['4 Bee', '10 Bee']],
		['<A><Bee></Bee|></A>', ['4 Bee', '10 Bee']],
		['<|A></A>', ['1 A', '5 A']],
		['<p:A|></p:A>', ['1 p:A', '7 p:A']],
		['<A|/>', []],
		['<A|>', []],
		['<A b|="A"></A>', []],
		['<A>A|</A>', []],
		['<A|></B>', []],
	];
	for (const [source, expected] of cases) {
		test(source, () => {
			const { text, offset } = marked(source);
			const found = linkedNames(parse(text), offset).map(({ start, end }) => `${start} ${text.slice(start, end)}`);
			assert.deepEqual(found, expected);
		});
	}
});

suite('selection ranges', () => {
	const cases: readonly [source: string, expected: readonly string[]][] = [
		['<A><B c="d|e"/></A>', ['de', 'c="de"', '<B c="de"/>', '<A><B c="de"/></A>']],
		['<A><B><C/>|<D/></B></A>', ['<C/><D/>', '<B><C/><D/></B>', '<A><B><C/><D/></B></A>']],
		['<A><!-- x| --><B/></A>', ['<!-- x -->', '<!-- x --><B/>', '<A><!-- x --><B/></A>']],
		['<A></A|>', ['A', '</A>', '<A></A>']],
		['<A>  a|b </A>', ['  ab ', '<A>  ab </A>']],
		['|', ['']],
	];
	for (const [source, expected] of cases) {
		test(source, () => {
			const { text, offset } = marked(source);
			assert.deepEqual(
				selectionRanges(parse(text), offset).map(({ start, end }) => text.slice(start, end)),
				expected,
			);
		});
	}
});

suite('organise', () => {
	const cases: readonly [title: string, before: string, after: string][] = [
		[
			'puts children into the order of the schema, with their comments',
			'\n<NetworkTrafficRules />\n<!-- front -->\n<WebRole name="F"/> <!-- done -->\n<LoadBalancerProbes/>\n',
			'\n<LoadBalancerProbes/>\n<!-- front -->\n<WebRole name="F"/> <!-- done -->\n<NetworkTrafficRules />\n',
		],
		[
			'inside what moves too',
			'<NetworkTrafficRules><OnlyAllowTrafficTo><AllowAllTraffic/><Destinations/></OnlyAllowTrafficTo></NetworkTrafficRules><WebRole name="F"><Sites><Site name="Web"><Bindings/><VirtualDirectory name="v"/></Site></Sites></WebRole>',
			'<WebRole name="F"><Sites><Site name="Web"><VirtualDirectory name="v"/><Bindings/></Site></Sites></WebRole><NetworkTrafficRules><OnlyAllowTrafficTo><Destinations/><AllowAllTraffic/></OnlyAllowTrafficTo></NetworkTrafficRules>',
		],
		[
			'takes along the comment behind an element, and leaves that of the parent and that of the end',
			'<!-- all --> <NetworkTrafficRules/><!-- rules -->\n<WebRole name="a"/>\n<!-- end -->',
			'<!-- all --> <WebRole name="a"/>\n<NetworkTrafficRules/><!-- rules -->\n<!-- end -->',
		],
		[
			'keeps the order of equals',
			'<WorkerRole name="b"/><WebRole name="a"/>',
			'<WorkerRole name="b"/><WebRole name="a"/>',
		],
		[
			'leaves what any order suits',
			'<WebRole name="a"><Sites/><Certificates/></WebRole>',
			'<WebRole name="a"><Sites/><Certificates/></WebRole>',
		],
		[
			'keeps what it does not know behind what it follows',
			'<WebRole name="a"/><X/><LoadBalancerProbes/>',
			'<LoadBalancerProbes/><WebRole name="a"/><X/>',
		],
		[
			'leaves what holds text or is not finished',
			'a<NetworkTrafficRules/><WebRole name="a"/>',
			'a<NetworkTrafficRules/><WebRole name="a"/>',
		],
	];
	for (const [title, before, after] of cases) {
		test(title, () => {
			const file = parseFile('/s/a.csdef', 'csdef', definitionText(before));
			const once = applyEdits(file.document.text, organise(file));
			assert.equal(once, definitionText(after));
			assert.deepEqual(organise(parseFile('/s/a.csdef', 'csdef', once)), []);
		});
	}
	test('is fast where everything has to move', () => {
		const roles = '<WebRole name="F"><Runtime><EntryPoint/><Environment/></Runtime></WebRole>\n'.repeat(1500);
		const file = parseFile(
			'/s/a.csdef',
			'csdef',
			definitionText(`<NetworkTrafficRules/>${roles}<LoadBalancerProbes/>`),
		);
		const started = performance.now();
		assert.equal(organise(file).length, 1);
		assert.ok(performance.now() - started < 2000);
	});
});

suite('inlay hints', () => {
	test('say the defaults that are left out, in the asked part alone', () => {
		const text = configurationText('<Role name="A"><Instances count="1"/></Role>').replace(' osFamily="7"', '');
		const definition = definitionText(
			'<WebRole name="A"><LocalResources><LocalStorage name="C"/></LocalResources></WebRole><WorkerRole name="B" vmsize="Large"/>',
		);
		const show = (path: string, format: 'csdef' | 'cscfg', shown: string, from = 0, to = shown.length) => {
			const hints = defaultHints(parseFile(path, format, shown), { start: from, end: to });
			return hints.map(hint => `${shown.slice(shown.lastIndexOf('<', hint.offset - 1), hint.offset)} [${hint.text}]`);
		};
		assert.deepEqual(show('/s/a.csdef', 'csdef', definition, definition.indexOf('<WebRole')), [
			'<WebRole name="A" [vmsize="Small" enableNativeCodeExecution="true"]',
			'<LocalStorage name="C" [sizeInMB="1000" cleanOnRoleRecycle="true"]',
			'<WorkerRole name="B" vmsize="Large" [enableNativeCodeExecution="true"]',
		]);
		assert.deepEqual(show('/s/a.csdef', 'csdef', definition, definition.indexOf('<WorkerRole')), [
			'<WorkerRole name="B" vmsize="Large" [enableNativeCodeExecution="true"]',
		]);
		assert.ok(!show('/s/a.cscfg', 'cscfg', text).some(line => line.includes('<Role ')));
	});
});

suite('links', () => {
	/** Each link as its text, its kind and the paths that it may mean. */
	const links = (body: string, projects: Parameters<typeof pathLinks>[1] = []) => {
		const text = definitionText(body);
		return pathLinks(parseFile('/w/s/a.csdef', 'csdef', text), projects).map(
			({ span, kind, candidates }) => `${text.slice(span.start, span.end)} ${kind}: ${candidates.join(' ')}`,
		);
	};
	test('folders of sites and contents', () => {
		assert.deepEqual(
			links(
				'<WebRole name="F"><Sites><Site name="A" physicalDirectory="..\\Web"><VirtualDirectory name="v" physicalDirectory="img/"/></Site><Site name="B" physicalDirectory="$(Out)"/></Sites>' +
					'<Contents><Content destination="x"><SourceDirectory path="/data"/></Content><Content destination="y"><SourceDirectory path="%TEMP%\\x"/></Content></Contents></WebRole>',
			),
			['..\\Web folder: /w/Web', 'img/ folder: /w/s/img', '/data folder: /data'],
		);
	});
	test('programs and scripts of tasks', () => {
		assert.deepEqual(
			links(
				'<WorkerRole name="B"><Startup><Task commandLine="scripts\\a.cmd &gt; log.txt"/><Task commandLine="powershell.exe -File &quot;%ROLEROOT%\\approot\\b.ps1&quot;"/><Task commandLine="C:\\x.exe"/></Startup></WorkerRole>',
				[{ name: 'B', project: '/w/code/B.csproj' }],
			).map(line => line.split(' ').slice(0, 4).join(' ')),
			[
				'scripts\\a.cmd file: /w/code/scripts/a.cmd /w/code/bin/scripts/a.cmd',
				'powershell.exe file: /w/code/powershell.exe /w/code/bin/powershell.exe',
				'%ROLEROOT%\\approot\\b.ps1 file: /w/code/b.ps1 /w/code/bin/b.ps1',
			],
		);
	});
	test('the project of an assembly', () => {
		assert.deepEqual(
			links(
				'<WorkerRole name="B"><Runtime><EntryPoint><NetFxEntryPoint assemblyName="B.dll" targetFrameworkVersion="v4.0"/></EntryPoint></Runtime></WorkerRole>',
			).map(line => line.split(' ').slice(0, 3).join(' ')),
			['B.dll file: /w/B/B.csproj'],
		);
	});
	test('asks no other machine, and no name leads elsewhere', () => {
		assert.deepEqual(
			links(
				'<WebRole name="../../etc"><Sites><Site name="A" physicalDirectory="\\\\host\\share"/></Sites><Startup><Task commandLine="a.cmd"/></Startup></WebRole><WebRole name="B"><Startup><Task commandLine="//host/a.cmd"/></Startup></WebRole>',
			),
			[],
		);
	});
});
