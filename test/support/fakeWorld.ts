import type { Disposable } from '../../src/base/emitter';
import { Failure } from '../../src/base/failure';
import type { DiskContents, DiskRequest } from '../../src/lifecycle/disks/worldDisks';
import type { FromHost, ToHost } from '../../src/lifecycle/hostVocabulary';
import type { CallName, RoleError } from '../../src/lifecycle/journal/journal';
import type { FrontRequest, Listening, PortRequest, ProbeAnswer } from '../../src/lifecycle/network';
import type { RoleEnvironment } from '../../src/lifecycle/roleEnvironment';
import type { RoleLife, RoleProcess } from '../../src/lifecycle/roleHost';
import type { FromSites, RunningSites, SitesLife, SitesTold } from '../../src/lifecycle/siteHost';
import type { FromTask, TaskLife } from '../../src/lifecycle/taskHost';
import type { Clock, World } from '../../src/lifecycle/world';

/**
 * A world in which ten minutes pass at once and a role does exactly what a test says. Nothing in it waits for real time.
 */
export class FakeWorld implements World {
	readonly clock = new FakeClock();
	readonly roles = { start: this.startRole.bind(this), hang: this.hang.bind(this) };
	readonly tasks = { start: this.startTask.bind(this) };
	readonly disks = {
		prepare: this.prepareDisks.bind(this),
		remove: this.removeDisks.bind(this),
		stage: async (role: string, code: string) => `${code}@${this.stages.push(role)}`,
		unstage: async (folder: string) => {
			this.unstaged.push(folder);
		},
	};
	/** The roles whose code was copied, in order; a copy is named by its place here. */
	readonly stages: string[] = [];
	readonly unstaged: string[] = [];
	readonly network = new FakeNetwork();
	readonly sites = { start: this.startSites.bind(this) };
	/** The sites of every life that had some, in order. */
	readonly siteRuns: FakeSites[] = [];
	/** Every process of a role that was ever started, in order. */
	readonly processes: FakeRoleProcess[] = [];
	/** Every process of a startup task that was ever started, in order. */
	readonly taskProcesses: FakeTask[] = [];
	readonly diskRequests: DiskRequest[] = [];
	readonly removedDisks: string[] = [];
	/** The next preparations of disks fail with these sentences. */
	readonly diskFailures: string[] = [];
	/** What the next preparations find on the disks. */
	readonly diskContents: (DiskContents | undefined)[] = [];
	/** What the fabric did and may not do. */
	readonly violations: string[] = [];
	/** By the folder of the instance: two deployments have instances of the same names. */
	private readonly newest = new Map<string, FakeRoleProcess>();
	private nextPid = 100;

	/** How the role of an instance behaves from its next life on; `*` means every instance, `#2` its second life. */
	readonly behaviour = new Map<string, RoleBehaviour>();

	/** The newest process of the instance. */
	process(instance: string): FakeRoleProcess {
		const found = this.processes.findLast(each => each.life.instance === instance);
		if (!found) {
			throw new Error(`No process of ${instance} was started.`);
		}
		return found;
	}

	/** The newest process of this startup task. */
	task(commandLine: string): FakeTask {
		const found = this.taskProcesses.findLast(each => each.task.commandLine === commandLine);
		if (!found) {
			throw new Error(`No startup task '${commandLine}' was started.`);
		}
		return found;
	}

	/** Everything that can happen now has happened. */
	async settled(): Promise<void> {
		for (let turn = 0; turn < 3; turn++) {
			await new Promise(resolve => setImmediate(resolve));
		}
	}

	/** Lets fabric time pass, event by event. */
	async pass(milliseconds: number): Promise<void> {
		const end = this.clock.now() + milliseconds;
		await this.settled();
		while (this.clock.runNext(end)) {
			await this.settled();
		}
		this.clock.set(end);
	}

	get aliveProcesses(): readonly FakeRoleProcess[] {
		return this.processes.filter(each => each.alive);
	}

	get aliveTasks(): readonly FakeTask[] {
		return this.taskProcesses.filter(each => each.alive);
	}

	private startRole(life: RoleLife, heard: (message: FromHost) => void): RoleProcess {
		if (this.newest.get(life.folders.root)?.alive) {
			this.violations.push(`${life.instance}: life ${life.life} was started beside a living process`);
		}
		const names = ['*', life.instance, `*#${life.life}`, `${life.instance}#${life.life}`];
		const behaviour = Object.assign({}, ...names.map(name => this.behaviour.get(name)));
		const process = new FakeRoleProcess(this.nextPid++, life, heard, behaviour);
		this.processes.push(process);
		this.newest.set(life.folders.root, process);
		process.begin();
		return process;
	}

	/** A held process hears and says nothing any more; a kill ends it. */
	private hang(pid: number): string | undefined {
		const held = this.aliveProcesses.find(each => each.pid === pid);
		if (held) {
			held.held = true;
		}
		return held ? undefined : 'There is no such process.';
	}

	private startTask(task: TaskLife, heard: (message: FromTask) => void): FakeTask {
		const process = new FakeTask(this.nextPid++, task, heard);
		this.taskProcesses.push(process);
		queueMicrotask(() => process.begin());
		return process;
	}

	private startSites(life: SitesLife, heard: (message: FromSites) => void): FakeSites {
		const sites = new FakeSites(life, heard);
		this.siteRuns.push(sites);
		return sites;
	}

	private async prepareDisks(request: DiskRequest): Promise<DiskContents | undefined> {
		this.diskRequests.push(request);
		if (this.unstaged.includes(request.code)) {
			this.violations.push(`${request.instance} gets code that was removed: ${request.code}`);
		}
		const failure = this.diskFailures.shift();
		if (failure !== undefined) {
			throw new Failure(failure);
		}
		return this.diskContents.shift();
	}

	private async removeDisks(instance: string): Promise<void> {
		this.removedDisks.push(instance);
	}
}

export class FakeClock implements Clock {
	private time = Date.UTC(2026, 0, 5, 10, 0, 0);
	private holds = 0;
	private readonly alarms = new Set<{ readonly at: number; readonly run: () => void }>();

	now(): number {
		return this.time;
	}

	after(milliseconds: number, run: () => void): Disposable {
		const alarm = { at: this.time + milliseconds, run };
		this.alarms.add(alarm);
		return { dispose: () => void this.alarms.delete(alarm) };
	}

	/** Time that passes meanwhile passes for others only. */
	hold(): Disposable {
		this.holds++;
		return { dispose: () => void this.holds-- };
	}

	/** Runs the next alarm that is due by then; false where there is none. */
	runNext(end: number): boolean {
		let next: { readonly at: number; readonly run: () => void } | undefined;
		for (const alarm of this.holds > 0 ? [] : this.alarms) {
			if (alarm.at <= end && (next === undefined || alarm.at < next.at)) {
				next = alarm;
			}
		}
		if (next === undefined) {
			return false;
		}
		this.alarms.delete(next);
		this.time = next.at;
		next.run();
		return true;
	}

	set(time: number): void {
		this.time = this.holds > 0 ? this.time : time;
	}

	get pending(): number {
		return this.alarms.size;
	}
}

/** What the role's code does; without a word it starts, runs, takes changes and stops when asked. */
export interface RoleBehaviour {
	/** `silent`: the process says nothing at all. */
	readonly hello?: 'says' | 'silent';
	readonly onStart?: 'true' | 'false' | 'throws' | 'hangs';
	readonly run?: 'runs' | 'returns' | 'throws' | 'recycles';
	readonly onStop?: 'returns' | 'throws' | 'hangs';
	readonly changing?: 'accepts' | 'cancels' | 'hangs' | 'recycles';
	readonly status?: 'Ready' | 'Busy' | 'none';
	/** A program entry point knows no calls. */
	readonly program?: boolean;
}

export const boom: RoleError = {
	type: 'System.InvalidOperationException',
	message: 'boom',
	stack: 'at Worker.WorkerRole.Run() in WorkerRole.cs:line 12',
	file: 'WorkerRole.cs',
	line: 12,
};

export class FakeRoleProcess implements RoleProcess {
	alive = true;
	held = false;
	readonly sent: ToHost[] = [];
	private stopped = false;
	private waiting = false;

	constructor(
		readonly pid: number,
		readonly life: RoleLife,
		private readonly heard: (message: FromHost) => void,
		private readonly behaviour: RoleBehaviour,
	) {}

	begin(): void {
		if (this.behaviour.hello !== 'silent') {
			const role = this.behaviour.program ? 'program' : 'host';
			this.say({
				type: 'hello',
				pid: this.pid,
				runtime: 'fake',
				role,
				debug: { kind: 'dotnet', processId: this.pid },
			});
		}
	}

	/** Anything a host may say; also for what comes late. */
	say(message: FromHost): void {
		if (message.type === 'exited') {
			this.alive = false;
		}
		this.heard(message);
	}

	/** The process ends without a word. */
	exit(exitCode: number): void {
		if (this.alive) {
			this.say({ type: 'exited', exitCode });
		}
	}

	call(call: CallName, outcome: { readonly result?: unknown; readonly error?: RoleError } = {}): void {
		this.say({ type: 'call', call, phase: 'begin' });
		this.end(call, outcome);
	}

	end(call: CallName, outcome: { readonly result?: unknown; readonly error?: RoleError } = {}): void {
		this.say({ type: 'call', call, phase: 'end', ...outcome });
	}

	/** An exception that nobody catches: the host tells, then ends with its own code. */
	fault(error: RoleError): void {
		this.say({ type: 'fault', error });
		this.exit(4);
	}

	attach(attached: boolean): void {
		this.say({ type: 'debugger', attached });
		if (attached && this.waiting) {
			this.load();
		}
	}

	kill(): void {
		if (this.alive) {
			this.say({ type: 'exited', signal: 'SIGKILL' });
		}
	}

	send(message: ToHost): void {
		if (!this.alive || this.held) {
			return;
		}
		this.sent.push(message);
		switch (message.type) {
			case 'start':
				if (this.life.waitForDebugger) {
					this.waiting = true;
				} else {
					this.load();
				}
				return;
			case 'go':
				if (this.waiting) {
					this.load();
				}
				return;
			case 'stop':
				this.stop(message.raiseStopping);
				return;
			case 'changing':
				this.changing();
				return;
			case 'changed':
				if (this.behaviour.program) {
					this.end('Changed');
				} else {
					this.call('Changed');
				}
				return;
			case 'simultaneousChanging':
				this.call('SimultaneousChanging');
				return;
			case 'simultaneousChanged':
				this.call('SimultaneousChanged');
				return;
			case 'checkStatus':
				if (this.behaviour.status !== 'none') {
					this.say({ type: 'status', status: this.behaviour.status ?? 'Ready' });
				}
				return;
		}
	}

	private load(): void {
		this.waiting = false;
		if (this.behaviour.program) {
			return;
		}
		this.say({ type: 'call', call: 'OnStart', phase: 'begin' });
		switch (this.behaviour.onStart ?? 'true') {
			case 'true':
				this.started();
				return;
			case 'false':
				this.end('OnStart', { result: false });
				this.exit(3);
				return;
			case 'throws':
				this.end('OnStart', { error: boom });
				this.fault(boom);
				return;
			case 'hangs':
				return;
		}
	}

	/** OnStart returns true; Run begins. */
	started(): void {
		this.end('OnStart', { result: true });
		this.say({ type: 'call', call: 'Run', phase: 'begin' });
		switch (this.behaviour.run ?? 'runs') {
			case 'runs':
				return;
			case 'returns':
				this.end('Run');
				return;
			case 'throws':
				this.end('Run', { error: boom });
				this.fault(boom);
				return;
			case 'recycles':
				this.say({ type: 'requestRecycle' });
				return;
		}
	}

	private stop(raiseStopping: boolean): void {
		if (this.stopped) {
			return;
		}
		this.stopped = true;
		if (this.behaviour.program) {
			if (this.behaviour.onStop !== 'hangs') {
				this.exit(0);
			}
			return;
		}
		if (raiseStopping) {
			this.call('Stopping');
		}
		this.say({ type: 'call', call: 'OnStop', phase: 'begin' });
		switch (this.behaviour.onStop ?? 'returns') {
			case 'returns':
				this.stopReturns();
				return;
			case 'throws':
				this.end('OnStop', { error: boom });
				this.fault(boom);
				return;
			case 'hangs':
				return;
		}
	}

	/** OnStop returns, Run follows it, the host ends. */
	stopReturns(): void {
		this.end('OnStop');
		if (this.behaviour.run !== 'returns') {
			this.end('Run');
		}
		this.exit(0);
	}

	private changing(): void {
		if (this.behaviour.program) {
			this.end('Changing', { result: { cancel: false } });
			return;
		}
		this.say({ type: 'call', call: 'Changing', phase: 'begin' });
		switch (this.behaviour.changing ?? 'accepts') {
			case 'accepts':
				this.end('Changing', { result: { cancel: false } });
				return;
			case 'cancels':
				this.end('Changing', { result: { cancel: true } });
				return;
			case 'recycles':
				this.say({ type: 'requestRecycle' });
				this.end('Changing', { result: { cancel: true } });
				return;
			case 'hangs':
				return;
		}
	}
}

/** A startup task; `exit N` ends at once with that code, `kill me` by a signal, `missing` cannot be started, any other runs. */
export class FakeTask {
	alive = true;
	/** How often it was killed; also after its end, since it may have left something running. */
	kills = 0;

	constructor(
		readonly pid: number,
		readonly task: TaskLife,
		private readonly heard: (message: FromTask) => void,
	) {}

	begin(): void {
		const { commandLine } = this.task;
		if (commandLine === 'missing') {
			this.alive = false;
			this.heard({ type: 'exited', text: "The program 'missing' was not found in the role's folder or on the path" });
			return;
		}
		if (commandLine.endsWith('.cmd')) {
			this.alive = false;
			const { role } = this.task;
			const text = `'${commandLine}' needs Windows.`;
			this.heard({ type: 'exited', text, offer: { kind: 'taskChoice', role, commandLine } });
			return;
		}
		this.heard({ type: 'started', pid: this.pid });
		const code = /^exit (\d+)/.exec(commandLine)?.[1];
		if (code !== undefined) {
			this.exit(Number(code));
		}
	}

	exit(exitCode: number): void {
		if (this.alive) {
			this.alive = false;
			this.heard({ type: 'exited', exitCode });
		}
	}

	kill(): void {
		this.kills++;
		if (this.alive) {
			this.alive = false;
			this.heard({ type: 'exited', signal: 'SIGKILL' });
		}
	}
}

export class FakeNetwork {
	private nextPort = 20_000;
	readonly claimed = new Map<string, Listening>();
	readonly released: string[] = [];
	readonly opened = new Map<string, Listening>();
	/** What the public sides were opened with, by role and endpoint. */
	readonly requests = new Map<string, FrontRequest>();
	/** Role and endpoint to the ports in rotation. */
	readonly routes = new Map<string, readonly number[]>();
	/** Public ports that somebody else has. */
	readonly taken = new Set<number>();
	/** `instance/endpoint` that cannot be claimed, `role/endpoint` that cannot be opened. */
	readonly refused = new Set<string>();
	closed = false;

	async claim(request: PortRequest): Promise<Listening> {
		this.refuse(`${request.instance}/${request.endpoint}`);
		const listening = { address: '127.0.0.1', port: this.nextPort++ };
		this.claimed.set(`${request.instance}/${request.endpoint}`, listening);
		return listening;
	}

	release(instance: string): void {
		this.released.push(instance);
		for (const key of [...this.claimed.keys()]) {
			if (key.startsWith(`${instance}/`)) {
				this.claimed.delete(key);
			}
		}
	}

	private refuse(name: string): void {
		if (this.refused.has(name)) {
			throw new Failure(`No port can be had for ${name}.`);
		}
	}

	async open(request: FrontRequest): Promise<Listening> {
		this.refuse(`${request.role}/${request.endpoint}`);
		const port = this.taken.has(request.wished) ? request.wished + 1 : request.wished;
		const listening = { address: '127.0.0.1', port };
		this.opened.set(`${request.role}/${request.endpoint}`, listening);
		this.requests.set(`${request.role}/${request.endpoint}`, request);
		return listening;
	}

	route(role: string, endpoint: string, targets: readonly Listening[]): void {
		this.routes.set(
			`${role}/${endpoint}`,
			targets.map(target => target.port),
		);
	}

	/** What the program behind an endpoint answers to a probe, by its port; silent where nothing is said. */
	readonly answers = new Map<number, ProbeAnswer>();
	readonly probed: number[] = [];
	readonly shutFronts: string[] = [];
	/** Instances to which something is on its way, each until it is resolved. */
	readonly draining = new Map<string, Promise<void>>();
	/** Where a process listens beside what it was told, by its id. */
	readonly listening = new Map<number, readonly Listening[]>();

	shut(role: string, endpoint: string): void {
		this.shutFronts.push(`${role}/${endpoint}`);
		this.opened.delete(`${role}/${endpoint}`);
		this.routes.delete(`${role}/${endpoint}`);
	}

	drained(instance: string): Promise<void> | undefined {
		return this.draining.get(instance);
	}

	async probe({ port }: Listening): Promise<ProbeAnswer> {
		this.probed.push(port);
		return this.answers.get(port) ?? { answer: 'silent' };
	}

	async listeners(pid: number): Promise<readonly Listening[] | undefined> {
		return this.listening.get(pid);
	}

	async close(): Promise<void> {
		this.closed = true;
		this.opened.clear();
	}
}

/** Sites that have one process, which starts when they are opened; a busy one ends only when it is told to. */
export class FakeSites implements RunningSites {
	busy = false;
	private alive = false;
	private settle: () => void = () => {};
	readonly ended = new Promise<void>(resolve => {
		this.settle = resolve;
	});

	constructor(
		readonly life: SitesLife,
		private readonly heard: (message: FromSites) => void,
	) {}

	open(): void {
		this.alive = true;
		this.heard({ type: 'started', pid: 900, text: 'site' });
	}

	/** The environments that it was told of. */
	readonly changes: RoleEnvironment[] = [];

	change({ environment }: SitesTold): void {
		this.changes.push(environment);
	}

	/** Answers to a change that it was asked about, one for each time; nobody listens where there is none. */
	readonly answers: Promise<boolean>[] = [];
	checks = 0;

	ask(): Promise<boolean> | undefined {
		return this.answers.shift();
	}

	checkStatus(): void {
		this.checks++;
	}

	/** Anything a site may say. */
	say(message: FromSites): void {
		this.heard(message);
	}

	async drain(): Promise<void> {
		if (!this.busy) {
			this.end({ exitCode: 0 });
		}
		await this.ended;
	}

	kill(): void {
		this.end({ signal: 'SIGKILL' });
	}

	end(exit: { readonly exitCode?: number; readonly signal?: string }): void {
		if (this.alive) {
			this.alive = false;
			this.heard({ type: 'ended', pid: 900, text: 'site', ...exit });
		}
		this.settle();
	}
}
