<?php
// Writes down, again and again, how much room is left on the disk. It says that it is busy until the first page is there.
require __DIR__ . '/ServiceRuntime.php';

$runtime = new ServiceRuntime(getenv('WaRuntimeEndpoint'));
$runtime->setStatus('Busy', time() + 60);
$file = $runtime->localResource('Pages') . 'diary.txt';
$runtime->onChanged = function (array $settings) {
	echo "The diary is now written every {$settings['EverySeconds']} s\n";
};
$runtime->onStopping = function () {
	echo "The diary is closed\n";
};

$last = 0;
while (!$runtime->isStopped()) {
	if (time() - $last >= (int) $runtime->settings()['EverySeconds']) {
		$last = time();
		$line = sprintf('%s %d MB free', date('c'), disk_free_space(__DIR__) / 1048576);
		file_put_contents($file, "$line\n", FILE_APPEND);
		echo 'Page ', count(file($file)), ": $line\n";
		$runtime->setStatus('Started', time() + 3600);
	}
	$runtime->follow();
	usleep(100000);
}
