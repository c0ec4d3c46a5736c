import { type RoleTemplate, workerElement } from './roleTemplate';

export function pythonWorker(name: string): RoleTemplate {
	return {
		files: [{ path: 'worker.py', text: workerText(name) }],
		role: workerElement(name, 'python worker.py'),
		notes: ['On Azure the instances need Python: install it with a startup task.'],
	};
}

function workerText(name: string): string {
	return `import signal
import threading

stopping = threading.Event()


def stop(number, frame):
    """Asked to end: the instance leaves as soon as the work does."""
    stopping.set()


def main():
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if hasattr(signal, "SIGBREAK"):
        signal.signal(signal.SIGBREAK, stop)
    print("${name} is running", flush=True)
    # The work of the role. When this ends, the instance is recycled.
    while not stopping.wait(1):
        print("Working", flush=True)
    print("${name} is stopping", flush=True)


if __name__ == "__main__":
    main()
`;
}
