package dev.cairn.simulation.syncthing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code config.xml} of one daemon: one folder shared with all the others, and nothing leaves this machine. */
final class Configuration {

    static final String FOLDER = "store";
    static final String API_KEY = "cairn-simulation";

    private static final Pattern DEVICE_ID = Pattern.compile("<device id=\"([A-Z2-7-]{63})\"");

    /**
     * What a folder made in the user interface has; a file without them means 0 and no, that is, no conflict copies.
     */
    private static final String FOLDER_DEFAULTS = "<maxConflicts>10</maxConflicts><order>random</order>"
            + "<autoNormalize>true</autoNormalize><pullerPauseS>0</pullerPauseS>";

    private Configuration() {}

    /** A daemon as the others know it. */
    record Peer(String id, int syncPort) {}

    /** The id for which {@link Installation#generate} made keys. */
    static String idIn(Path home) throws IOException {
        Matcher matcher = DEVICE_ID.matcher(Files.readString(home.resolve("config.xml")));
        if (!matcher.find()) {
            throw new IOException("no device id in " + home.resolve("config.xml"));
        }
        return matcher.group(1);
    }

    /**
     * The file of one daemon. Of two daemons only the first one dials: if both did, each might drop the connection of
     * the other, and both wait for 20 seconds.
     */
    static String xml(Path folder, Peer own, int guiPort, List<Peer> all, SyncthingOptions options) {
        StringBuilder xml = new StringBuilder("<configuration version=\"36\">\n");
        xml.append(String.format(
                "<folder id=\"%s\" label=\"%s\" path=\"%s\" type=\"sendreceive\" rescanIntervalS=\"3600\""
                        + " fsWatcherEnabled=\"%s\" fsWatcherDelayS=\"%d\"><filesystemType>basic</filesystemType>\n",
                FOLDER,
                FOLDER,
                escape(folder.toString()),
                options.watching(),
                options.noticeDelay().toSeconds()));
        all.forEach(peer -> xml.append("<device id=\"").append(peer.id).append("\"/>"));
        if (options.versionsKept() > 0) {
            xml.append(String.format(
                    "<versioning type=\"simple\"><param key=\"keep\" val=\"%d\"/></versioning>",
                    options.versionsKept()));
        }
        xml.append(FOLDER_DEFAULTS + "<minDiskFree unit=\"%\">0</minDiskFree></folder>\n");
        for (Peer peer : all) {
            boolean dials = all.indexOf(own) < all.indexOf(peer);
            xml.append(String.format(
                    "<device id=\"%s\" name=\"%s\" compression=\"metadata\"><address>%s</address></device>\n",
                    peer.id, peer.id.substring(0, 7), dials ? "tcp://127.0.0.1:" + peer.syncPort : "dynamic"));
        }
        xml.append(String.format(
                "<gui enabled=\"true\" tls=\"false\"><address>127.0.0.1:%d</address><apikey>%s</apikey></gui>\n",
                guiPort, API_KEY));
        return xml.append(options(own.syncPort)).append("</configuration>\n").toString();
    }

    private static String options(int syncPort) {
        return "<options><listenAddress>tcp://127.0.0.1:" + syncPort + "</listenAddress>"
                + "<globalAnnounceEnabled>false</globalAnnounceEnabled>"
                + "<localAnnounceEnabled>false</localAnnounceEnabled>"
                + "<relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><stunServer></stunServer>"
                + "<startBrowser>false</startBrowser><urAccepted>-1</urAccepted>"
                + "<autoUpgradeIntervalH>0</autoUpgradeIntervalH>"
                + "<crashReportingEnabled>false</crashReportingEnabled>"
                + "<reconnectionIntervalS>5</reconnectionIntervalS>"
                + "<progressUpdateIntervalS>-1</progressUpdateIntervalS>"
                + "<minHomeDiskFree unit=\"%\">0</minHomeDiskFree></options>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
