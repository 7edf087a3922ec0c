package dev.cairn.election.local;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The file {@code election/leader.lock}: who leads, in words, as the process which takes part sees it.
 *
 * <p>It is made for people and for the device's other processes, never read by the election, and never in the synced
 * folder: a file which every new leader writes would come back as conflict copies.
 */
public final class LeaderFile {
    private final WholeFile file;

    /** The file below a device's state directory. */
    public LeaderFile(Path directory) {
        this.file = new WholeFile(directory.resolve("leader.lock"));
    }

    /** Replaces it. */
    public void write(Map<String, String> facts) throws IOException {
        Properties words = new Properties();
        words.putAll(facts);
        StringWriter text = new StringWriter();
        words.store(text, "made by Cairn, for this device alone");
        file.write(Bytes.utf8(text.toString()));
    }

    /** What it says; nothing if there is none. */
    public Map<String, String> read() throws IOException {
        Map<String, String> facts = new TreeMap<>();
        Bytes content = file.read().orElse(Bytes.empty());
        try {
            Properties words = new Properties();
            words.load(new StringReader(new String(content.toArray(), StandardCharsets.UTF_8)));
            words.stringPropertyNames().forEach(name -> facts.put(name, words.getProperty(name, "")));
        } catch (IllegalArgumentException e) {
            // it is damaged, and its one writer makes a new one as soon as anything changes
        }
        return facts;
    }
}
