import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Tells the time in the zone of its setting. A zone that does not exist is refused: the instance is recycled with it. */
public class Clock {
	private static volatile ZoneId zone;

	public static void main(String[] arguments) throws Exception {
		ServiceRuntime runtime = new ServiceRuntime(System.getenv("WaRuntimeEndpoint"));
		runtime.busyUntil(OffsetDateTime.now().plusMinutes(1));
		CountDownLatch stopped = new CountDownLatch(1);
		runtime.onStopping = stopped::countDown;
		runtime.onChanging = settings -> isZone(settings.get("Zone"));
		runtime.onChanged = settings -> follow(settings.get("Zone"));
		runtime.listen();

		follow(runtime.settings().get("Zone"));
		List<HttpServer> servers = new ArrayList<>();
		for (InetSocketAddress address : runtime.endpoints()) {
			HttpServer server = HttpServer.create(address, 0);
			server.createContext("/", exchange -> {
				byte[] answer = (now() + "\n").getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(200, answer.length);
				exchange.getResponseBody().write(answer);
				exchange.close();
			});
			server.start();
			servers.add(server);
			System.out.println("The clock ticks at http:/" + server.getAddress() + "/");
		}
		runtime.release();

		stopped.await();
		System.out.println("The clock stops at " + now());
		servers.forEach(server -> server.stop(0));
	}

	private static boolean isZone(String name) {
		return ZoneId.getAvailableZoneIds().contains(name);
	}

	private static void follow(String name) {
		zone = ZoneId.of(isZone(name) ? name : "UTC");
		System.out.println("The clock shows " + zone);
	}

	private static String now() {
		return ZonedDateTime.now(zone).format(DateTimeFormatter.ofPattern("HH:mm:ss VV"));
	}
}

/**
 * The runtime protocol as the library azure-serviceruntime 0.9 speaks it, as far as this role needs it. A role of yours
 * uses that library; here it is written out, so that the sample needs nothing but Java.
 */
class ServiceRuntime {
	interface Changing {
		/** False refuses the change; the instance is then recycled with the new values. */
		boolean accepts(Map<String, String> settings);
	}

	interface Changed {
		void now(Map<String, String> settings);
	}

	Runnable onStopping = () -> {};
	Changing onChanging = settings -> true;
	Changed onChanged = settings -> {};

	private final String client = UUID.randomUUID().toString();
	private final BufferedReader goals;
	private Element goal;
	private Document environment;
	private String lastStatus;

	/** Reads where the goal states are, the first of them, and the role environment that it names. */
	ServiceRuntime(String endpoint) throws Exception {
		Document discovery;
		try (InputStream stream = new FileInputStream(endpoint)) {
			discovery = parse(stream);
		}
		Element server = (Element) discovery.getElementsByTagName("RuntimeServerEndpoint").item(0);
		goals = new BufferedReader(
				new InputStreamReader(new FileInputStream(server.getAttribute("path")), StandardCharsets.UTF_8));
		goal = nextGoal();
		environment = readEnvironment();
	}

	Map<String, String> settings() {
		return settingsOf(environment);
	}

	/** Where this instance listens. */
	List<InetSocketAddress> endpoints() {
		Element own = (Element) environment.getElementsByTagName("CurrentInstance").item(0);
		NodeList endpoints = own.getElementsByTagName("Endpoint");
		List<InetSocketAddress> addresses = new ArrayList<>();
		for (int index = 0; index < endpoints.getLength(); index++) {
			Element endpoint = (Element) endpoints.item(index);
			addresses.add(new InetSocketAddress(
					endpoint.getAttribute("address"), Integer.parseInt(endpoint.getAttribute("port"))));
		}
		return addresses;
	}

	void busyUntil(OffsetDateTime expiration) throws IOException {
		lastStatus = "<Status>Busy</Status><Expiration>" + expiration.format(format) + "</Expiration>";
		acquire(lastStatus);
	}

	void release() throws IOException {
		lastStatus = null;
		say("<Release/>");
	}

	/** Follows the goal state until it asks for the stop. */
	void listen() {
		new Thread(() -> {
			try {
				for (Element next = nextGoal(); next != null && follow(next); next = nextGoal()) {}
			} catch (Exception error) {
				error.printStackTrace();
			}
		}).start();
	}

	private boolean follow(Element next) throws Exception {
		if (incarnation(next) <= incarnation(goal)) {
			return true;
		}
		goal = next;
		if (text(next, "ExpectedState").equals("Stopped")) {
			onStopping.run();
			acquire("<Status>Stopped</Status>" + forEver);
			return false;
		}
		Document values = readEnvironment();
		boolean differs = !settingsOf(values).equals(settings());
		if (differs && !onChanging.accepts(settingsOf(values))) {
			acquire("<Status>Recycle</Status>" + forEver);
			return true;
		}
		if (lastStatus != null) {
			acquire(lastStatus);
		}
		environment = values;
		if (differs) {
			onChanged.now(settings());
		}
		return true;
	}

	/** A frame is its length in hexadecimal, a line end, the document, a line end; it comes in one piece. */
	private Element nextGoal() throws Exception {
		String length = goals.readLine();
		if (length == null) {
			return null;
		}
		char[] frame = new char[Integer.parseInt(length, 16)];
		goals.read(frame, 0, frame.length);
		goals.readLine();
		byte[] document = new String(frame).getBytes(StandardCharsets.UTF_8);
		return parse(new ByteArrayInputStream(document)).getDocumentElement();
	}

	private Document readEnvironment() throws Exception {
		try (InputStream stream = new FileInputStream(text(goal, "RoleEnvironmentPath"))) {
			return parse(stream);
		}
	}

	private void acquire(String status) throws IOException {
		say("<Acquire><Incarnation>" + incarnation(goal) + "</Incarnation>" + status + "</Acquire>");
	}

	private void say(String lease) throws IOException {
		String state = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><CurrentState><StatusLease ClientId=\""
				+ client + "\">" + lease + "</StatusLease></CurrentState>";
		try (FileOutputStream stream = new FileOutputStream(text(goal, "CurrentStateEndpoint"))) {
			stream.write(state.getBytes(StandardCharsets.UTF_8));
		}
	}

	private static final DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");
	private static final String forEver = "<Expiration>9999-12-31T23:59:59.999"
			+ OffsetDateTime.now().format(DateTimeFormatter.ofPattern("xxx")) + "</Expiration>";

	private static int incarnation(Element goal) {
		return Integer.parseInt(text(goal, "Incarnation"));
	}

	private static String text(Element goal, String name) {
		return goal.getElementsByTagName(name).item(0).getTextContent();
	}

	private static Map<String, String> settingsOf(Document environment) {
		NodeList settings = environment.getElementsByTagName("ConfigurationSetting");
		Map<String, String> values = new HashMap<>();
		for (int index = 0; index < settings.getLength(); index++) {
			Element setting = (Element) settings.item(index);
			values.put(setting.getAttribute("name"), setting.getAttribute("value"));
		}
		return values;
	}

	private static Document parse(InputStream xml) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
	}
}
