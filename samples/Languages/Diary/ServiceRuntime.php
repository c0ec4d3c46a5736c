<?php
/**
 * The runtime protocol as the library microsoft/windowsazure speaks it, as far as this role needs it. A role of yours uses
 * that library; here it is written out, so that the sample needs nothing but PHP.
 *
 * PHP has no thread that could wait for a goal state: it is asked for again and again, by opening the channel anew.
 */
class ServiceRuntime
{
	/** @var callable(array) */
	public $onChanged;
	/** @var callable() */
	public $onStopping;

	private $client;
	private $goalEndpoint;
	private $goal;
	private $environment;
	private $last = '';
	private $stopped = false;

	public function __construct(string $endpoint)
	{
		$this->client = uniqid();
		$discovery = self::parse(stream_get_contents(fopen($endpoint, 'r')));
		$this->goalEndpoint = $discovery->query('//RuntimeServerEndpoint[@version="2011-03-08"]/@path')->item(0)->value;
		$this->goal = $this->readGoal();
		$this->environment = $this->readEnvironment();
	}

	public function settings(): array
	{
		$values = [];
		foreach ($this->environment->query('//CurrentInstance/ConfigurationSettings/ConfigurationSetting') as $setting) {
			$values[$setting->getAttribute('name')] = $setting->getAttribute('value');
		}
		return $values;
	}

	public function localResource(string $name): string
	{
		return $this->environment->query("//LocalResource[@name='$name']/@path")->item(0)->value;
	}

	/** `Started` is what the management API calls Ready. */
	public function setStatus(string $status, int $expiration): void
	{
		$this->last = "<Status>$status</Status><Expiration>" . self::date($expiration) . '</Expiration>';
		$this->acquire($this->last);
	}

	public function isStopped(): bool
	{
		return $this->stopped;
	}

	/** Reads the goal state that is in force now, and does what it asks. */
	public function follow(): void
	{
		$next = $this->readGoal();
		if ((int) self::text($next, 'Incarnation') <= (int) self::text($this->goal, 'Incarnation')) {
			return;
		}
		$this->goal = $next;
		if (self::text($next, 'ExpectedState') === 'Stopped') {
			($this->onStopping)();
			$this->acquire('<Status>Stopped</Status><Expiration>' . self::date(2147483647) . '</Expiration>');
			$this->stopped = true;
			return;
		}
		$old = $this->settings();
		$this->environment = $this->readEnvironment();
		if ($this->last !== '') {
			$this->acquire($this->last);
		}
		if ($this->settings() !== $old) {
			($this->onChanged)($this->settings());
		}
	}

	/** A frame is its length in hexadecimal, a line end, the document, a line end. */
	private function readGoal(): DOMXPath
	{
		$stream = fopen($this->goalEndpoint, 'r');
		do {
			$length = stream_get_line($stream, 100, "\n");
		} while (empty($length) || $length === "\r");
		$document = stream_get_contents($stream, hexdec(trim($length)));
		fclose($stream);
		return self::parse($document);
	}

	private function readEnvironment(): DOMXPath
	{
		return self::parse(file_get_contents(self::text($this->goal, 'RoleEnvironmentPath')));
	}

	private function acquire(string $status): void
	{
		$incarnation = self::text($this->goal, 'Incarnation');
		$stream = fopen(self::text($this->goal, 'CurrentStateEndpoint'), 'w');
		fwrite(
			$stream,
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CurrentState><StatusLease ClientId=\"$this->client\">" .
				"<Acquire><Incarnation>$incarnation</Incarnation>$status</Acquire></StatusLease></CurrentState>\n"
		);
		fclose($stream);
	}

	private static function date(int $time): string
	{
		return gmdate('Y-m-d\TH:i:s.0000000\Z', $time);
	}

	private static function text(DOMXPath $goal, string $name): string
	{
		return $goal->query("/GoalState/$name")->item(0)->textContent;
	}

	private static function parse(string $xml): DOMXPath
	{
		$document = new DOMDocument();
		$document->loadXML($xml);
		return new DOMXPath($document);
	}
}
