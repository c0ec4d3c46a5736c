// Takes the place of @vscode/spdlog in the server: a log is a file that lines are added to.
const fs = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
	constructor(_kind, _name, file) {
		this.file = file;
		this.level = 2;
		this.raw = false;
		fs.mkdirSync(path.dirname(file), { recursive: true });
	}

	write(level, text) {
		if (level < this.level) {
			return;
		}
		const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
		try {
			fs.appendFileSync(this.file, this.raw ? text : `${time} [${levels[level]}] ${text}\n`);
		} catch {
			// The folder may be gone already when the window closes.
		}
	}

	getLevel() {
		return this.level;
	}

	setLevel(level) {
		this.level = level;
	}

	clearFormatters() {
		this.raw = true;
	}

	setPattern() {}
	flush() {}
	drop() {}
}

for (const [level, name] of ['trace', 'debug', 'info', 'warn', 'error', 'critical'].entries()) {
	Logger.prototype[name] = function log(text) {
		this.write(level, text);
	};
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger('', name, file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
