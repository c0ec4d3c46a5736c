import { firstWord } from '../processes/commandLines';
import { openFifoChannels } from './fifoChannels';
import { openSocketChannels } from './socketChannels';

/** The one-way channels of the runtime protocol (runtime-protocol.md 3); each client opens them in the one way it knows. */
export interface Channels {
	/** Private to this user, for the files that go with the channels. */
	readonly folder: string;
	/** Clients come to read. Whatever they send is thrown away. Gives the address. */
	source(name: string, reader: (reader: ChannelReader) => void): Promise<string>;
	/** Clients come to write, one message at a time. Gives the address. */
	sink(name: string, message: (text: string) => void): Promise<string>;
	close(): void;
}

/** A client that has come to read. Writing to one that is gone does nothing. */
export interface ChannelReader {
	/** In one write: the Node client and the Java client keep no rest of a document. */
	write(text: string): void;
	/** The client finds the end of the stream after it. */
	end(text: string): void;
	/** False once it has gone; one that comes again and again counts as there between its visits. */
	isThere(): boolean;
}

/** Off Windows one path cannot be both: the Node client knows sockets only, the clients that open files know FIFOs only. */
export type ChannelKind = 'socket' | 'fifo';

/** Named pipes on Windows, where every client opens them in its own way; elsewhere what the role's client can open. */
export function openChannels(kind: ChannelKind, folderPrefix = 'rw-'): Promise<Channels> {
	return kind === 'fifo' && process.platform !== 'win32'
		? openFifoChannels(folderPrefix)
		: Promise.resolve(openSocketChannels(folderPrefix));
}

/** What the client of a program can open, guessed by the program that the command line starts (runtime-protocol.md 7). */
export function channelKindOf(commandLine: string): ChannelKind {
	const name = firstWord(commandLine).program.replace(/^.*[\\/]/, '');
	return /^(?:java|php\d*(?:\.\d+)*|ruby|jruby|pythonw?\d*(?:\.\d+)*|py)(?:\.exe)?$|\.(?:jar|php|rb|py)$/i.test(name)
		? 'fifo'
		: 'socket';
}
