/** The words of the page of configurations: their own names, except those that take something in. */
export const matrixNames: Readonly<Record<string, string>> = {
	...Object.fromEntries(
		[
			...[
				'grid',
				'gridHelp',
				'view',
				'filter',
				'onlyDifferences',
				'compareTexts',
				'undo',
				'nothing',
				'noConfigurations',
			],
			...['entry', 'state', 'service', 'kind:osFamily', 'kind:osVersion', 'kind:instances', 'mark:equal'],
			...['mark:different', 'mark:missing', 'undeclared', 'missing', 'notGiven', 'empty', 'emulatorOnly', 'hidden'],
			...['locked', 'edit', 'newSecret', 'show', 'hide', 'add', 'addEverywhere', 'copyToAll', 'openText', 'noCell'],
			'cellActions',
		].map(name => [name, name]),
	),
	...{ rowsOf: '{0} of {1} rows', tooMany: 'the first {0} of {1} rows', editing: '{0} in {1}', copyTo: 'copy to {0}' },
	...{ 'kind:setting': 'Setting {0}', 'kind:certificate': 'Certificate {0}' },
	...{ changed: '{0} in {1}: {2}', manyChanged: '{0} values changed' },
};
