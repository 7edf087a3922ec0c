package dev.cairn.system.bench.trace;

import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads the published JSON forms of recorded editing, compressed with gzip or not.
 *
 * <pre>
 * sequential  {startContent, endContent, txns: [{patches: [[position, deleted, inserted], ...]}, ...]}
 * concurrent  {kind: "concurrent", endContent, numAgents, txns: [{parents, agent, patches}, ...]}
 * history     {endContent, txns: [{span: [from, to], parents, agent, seqStart, ops: [[position, deleted, inserted]]}]}
 * </pre>
 *
 * Fields come in any order and unknown ones are passed over. Times are optional. A history may also stand in a list of
 * histories. What breaks a rule of its form is an {@link IllegalArgumentException} which names the place.
 */
final class TraceReader {
    private TraceReader() {}

    static Trace read(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream plain = unzipped(raw);
                JsonCursor json = new JsonCursor(plain)) {
            return read(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new IllegalArgumentException(file + ": the compressed file is cut off", e);
        } catch (ZipException e) {
            throw new IllegalArgumentException(file + ": the compressed file is damaged: " + e.getMessage(), e);
        }
    }

    private static InputStream unzipped(InputStream in) throws IOException {
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return zipped ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16)) : in;
    }

    private static Trace read(JsonCursor json) throws IOException {
        json.next();
        List<HistoryBuilder> read = new ArrayList<>();
        boolean list = json.at(JsonToken.START_ARRAY);
        if (list) {
            for (json.next(); !json.at(JsonToken.END_ARRAY); json.next()) {
                read.add(history(json));
            }
        } else {
            read.add(history(json));
        }
        json.next();
        if (!json.atEnd()) {
            throw json.fault("expected the end of the file");
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("the list holds no history");
        }
        Trace.Form form = read.get(0).form();
        List<EditingHistory> histories = new ArrayList<>();
        for (HistoryBuilder each : read) {
            if (each.form() != form || (list && form != Trace.Form.HISTORY)) {
                throw new IllegalArgumentException("a list may only hold histories of runs, which have spans");
            }
            histories.add(each.build());
        }
        return new Trace(form, histories);
    }

    private static HistoryBuilder history(JsonCursor json) throws IOException {
        json.require(JsonToken.START_OBJECT, "an object with the field txns");
        HistoryBuilder history = new HistoryBuilder();
        boolean any = false;
        for (json.next(); !json.at(JsonToken.END_OBJECT); json.next()) {
            switch (json.field()) {
                case "kind" -> history.kind(text(json, "kind"));
                case "startContent" -> history.start(text(json, "startContent"));
                case "endContent" -> history.end(text(json, "endContent"));
                case "numAgents" -> history.agents(nextNumber(json, "numAgents"));
                case "txns" -> {
                    any = true;
                    transactions(json, history);
                }
                default -> json.skip();
            }
        }
        if (!any) {
            throw json.fault("the field txns is missing");
        }
        return history;
    }

    private static void transactions(JsonCursor json, HistoryBuilder history) throws IOException {
        json.array("txns");
        for (json.next(); !json.at(JsonToken.END_ARRAY); json.next()) {
            json.require(JsonToken.START_OBJECT, "a transaction as an object");
            RawTransaction transaction = new RawTransaction();
            for (json.next(); !json.at(JsonToken.END_OBJECT); json.next()) {
                switch (json.field()) {
                    case "parents" -> transaction.parents = json.numbers("parents");
                    case "agent" -> transaction.agent = agent(json);
                    case "span" -> transaction.span = json.numbers("span");
                    case "seqStart" -> transaction.seqStart = nextNumber(json, "seqStart");
                    case "time" -> transaction.time = time(json);
                    case "patches" -> transaction.patches = edits(json, "patches");
                    case "ops" -> transaction.operations = edits(json, "ops");
                    default -> json.skip();
                }
            }
            try {
                history.add(transaction);
            } catch (IllegalArgumentException e) {
                throw json.fault(String.valueOf(e.getMessage()));
            }
        }
    }

    private static EditingHistory.Edits edits(JsonCursor json, String what) throws IOException {
        json.array(what);
        EditingHistory.Edits edits = new EditingHistory.Edits();
        for (json.next(); !json.at(JsonToken.END_ARRAY); json.next()) {
            json.require(JsonToken.START_ARRAY, "an edit as [position, deleted, inserted]");
            json.next();
            int position = json.number("the position of an edit");
            json.next();
            int deleted = json.number("the deleted length of an edit");
            json.next();
            String inserted = json.string("the inserted text of an edit");
            edits.add(position, deleted, inserted);
            json.next();
            if (json.at(JsonToken.VALUE_STRING)) {
                json.next(); // the time of a patch, which some traces have
            }
            json.require(JsonToken.END_ARRAY, "the end of an edit");
        }
        return edits;
    }

    private static String text(JsonCursor json, String what) throws IOException {
        json.next();
        return json.string(what);
    }

    private static int nextNumber(JsonCursor json, String what) throws IOException {
        json.next();
        return json.number(what);
    }

    private static String agent(JsonCursor json) throws IOException {
        json.next();
        return json.at(JsonToken.VALUE_STRING) ? json.string("agent") : Integer.toString(json.number("agent"));
    }

    /** A time is only shown to people: one which is not written as it should be is taken as not recorded. */
    private static String time(JsonCursor json) throws IOException {
        json.next();
        if (json.at(JsonToken.VALUE_STRING)) {
            return json.string("time");
        }
        if (json.at(JsonToken.START_ARRAY) || json.at(JsonToken.START_OBJECT)) {
            throw json.fault("a time is a string");
        }
        return "";
    }
}
