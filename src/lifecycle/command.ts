/**
 * What a person, a script or a scenario can ask of a deployment: the same words on stdin, in the palette and in scenario
 * files (interfaces.md 1.2). `parseCommand` is the only reader of those words. Issue by issue this union grows.
 */
export type Command =
	| { readonly command: 'recycle'; readonly instance: string }
	| { readonly command: 'crash'; readonly instance: string }
	| { readonly command: 'stop'; readonly instance: string }
	| { readonly command: 'start'; readonly instance: string }
	| { readonly command: 'set'; readonly role: string; readonly setting: string; readonly value: string }
	| { readonly command: 'scale'; readonly role: string; readonly count: number }
	| { readonly command: 'configure'; readonly file: string }
	| { readonly command: 'suspend' }
	| { readonly command: 'resume' }
	| { readonly command: 'attach'; readonly instance: string }
	| { readonly command: 'status' }
	| { readonly command: 'quit' };
