package dev.cairn.simulation.syncthing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One running Syncthing, asked over its REST interface. */
final class Daemon {

    private static final int ANSWER_MILLIS_MAX = 60_000;
    private static final int STOP_SECONDS_MAX = 10;
    private static final int LOG_LINES = 15;
    private static final Pattern FOLDER_TYPE = Pattern.compile("(<folder id=[^>]*) type=\"\\w+\"");

    private final Installation installation;
    private final Path home;
    private final String id;
    private final int guiPort;
    private @Nullable Process process;
    private volatile boolean receivesOnly;

    Daemon(Installation installation, Path home, String id, int guiPort) {
        this.installation = installation;
        this.home = home;
        this.id = id;
        this.guiPort = guiPort;
    }

    String id() {
        return id;
    }

    void start() {
        try {
            ProcessBuilder builder = installation.serve(home);
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            Process started = builder.start();
            process = started;
            started.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + installation.program(), e);
        }
    }

    boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /**
     * Waits a little, or until the daemon ends.
     *
     * @throws IllegalStateException if it has ended, with the last lines of its log
     */
    void linger(long millis) {
        Process current = process;
        try {
            if (current == null || current.waitFor(millis, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Syncthing has ended by itself:\n" + logTail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Syncthing", e);
        }
    }

    /** Whether the daemon answers yet. */
    boolean answers() {
        try {
            request("GET", "/rest/system/ping");
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    boolean isConnectedTo(Daemon other) {
        Object peer = object(get("/rest/system/connections"), "connections").get(other.id);
        return peer instanceof Map<?, ?> facts && "true".equals(facts.get("connected"));
    }

    /** Whether its folder is at rest and has everything it knows of. */
    boolean isComplete() {
        Map<String, Object> status = get("/rest/db/status?folder=" + Configuration.FOLDER);
        return "idle".equals(status.get("state")) && number(status, "needTotalItems") == 0;
    }

    /** How many entries its own index has ever had; it grows with each change of its folder. */
    long ownSequence() {
        return number(get("/rest/db/status?folder=" + Configuration.FOLDER), "sequence");
    }

    /**
     * Whether this one has heard all of {@code other}, and {@code other} has everything of this one.
     *
     * @param otherSequence the {@link #ownSequence} of the other, as it was a moment ago
     */
    boolean isEvenWith(Daemon other, long otherSequence) {
        Map<String, Object> completion =
                get("/rest/db/completion?folder=" + Configuration.FOLDER + "&device=" + other.id);
        return number(completion, "needItems") == 0
                && number(completion, "needDeletes") == 0
                && number(completion, "sequence") >= otherSequence;
    }

    /** Looks through its folder; returns when that is done. */
    void scan() {
        request("POST", "/rest/db/scan?folder=" + Configuration.FOLDER);
    }

    void scan(String path) {
        request(
                "POST",
                "/rest/db/scan?folder=" + Configuration.FOLDER + "&sub="
                        + URLEncoder.encode(path, StandardCharsets.UTF_8));
    }

    /** Keeps a connection with {@code other}, or keeps none. */
    void talkTo(Daemon other, boolean talks) {
        request("POST", "/rest/system/" + (talks ? "resume" : "pause") + "?device=" + other.id);
    }

    /** Asks the daemon to end, without waiting for it. */
    void askToStop() {
        try {
            request("POST", "/rest/system/shutdown");
        } catch (UncheckedIOException e) {
            // It does not answer; whoever called waits a while and then ends it by force.
        }
    }

    /** Asks the daemon to end, waits for it, and ends it by force if it does not. */
    void stop() {
        Process current = process;
        if (current == null) {
            return;
        }
        process = null;
        try {
            askToStop();
            if (!current.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                current.destroyForcibly().waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            current.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the daemon at once, as a crash does. */
    void kill() {
        Process current = process;
        process = null;
        if (current != null) {
            current.destroyForcibly().onExit().join();
        }
    }

    /** Says what kind of folder it has; while it does not run. */
    void receiveOnly(boolean only) {
        Path file = home.resolve("config.xml");
        String wanted = "$1 type=\"" + (only ? "receiveonly" : "sendreceive") + "\"";
        try {
            Files.writeString(file, FOLDER_TYPE.matcher(Files.readString(file)).replaceAll(wanted));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change " + file, e);
        }
        receivesOnly = only;
    }

    boolean isReceiveOnly() {
        return receivesOnly;
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private Path log() {
        return home.resolve("daemon.log");
    }

    private Map<String, Object> get(String path) {
        return Json.object(request("GET", path));
    }

    private String request(String method, String path) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) new URL("http://127.0.0.1:" + guiPort + path).openConnection();
            connection.setRequestMethod(method);
            connection.setRequestProperty("X-API-Key", Configuration.API_KEY);
            connection.setConnectTimeout(ANSWER_MILLIS_MAX);
            connection.setReadTimeout(ANSWER_MILLIS_MAX);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + status);
            }
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Syncthing refuses " + method + " " + path, e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> parent, String key) {
        return parent.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static long number(Map<String, Object> object, String key) {
        Object value = object.get(key);
        return value == null ? 0 : Long.parseLong(value.toString());
    }
}
