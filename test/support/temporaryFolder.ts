const names = ['TMPDIR', 'TEMP', 'TMP'] as const;

/** While this runs, the system's temporary folder is another one. */
export async function withTemporaryFolder(folder: string, run: () => Promise<void> | void): Promise<void> {
	const before = names.map(name => [name, process.env[name]] as const);
	for (const name of names) {
		process.env[name] = folder;
	}
	try {
		await run();
	} finally {
		for (const [name, value] of before) {
			if (value === undefined) {
				delete process.env[name];
			} else {
				process.env[name] = value;
			}
		}
	}
}
