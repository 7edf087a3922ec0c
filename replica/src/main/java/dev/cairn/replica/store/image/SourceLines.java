package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.log.Signatory;
import dev.cairn.format.log.SignedEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The lines of the local store that go into an image: where they end, and who signed that. */
final class SourceLines {
    private final Connection store;
    private final SpaceId space;
    private final Signatory own;
    private final Predicate<DeviceId> counts;
    private final Map<Integer, SourceLine> lines = new HashMap<>();
    private final Set<WriterId> leftOut = new HashSet<>();

    private SourceLines(Connection store, SpaceId space, ImageWriter.Source source) {
        this.store = store;
        this.space = space;
        this.own = source.own();
        this.counts = source.counts();
    }

    /** The lines of a store; writers with an end which nobody has signed, or of whom nothing counts, are left out. */
    static SourceLines load(Connection store, SpaceId space, ImageWriter.Source source) throws SQLException {
        SourceLines loaded = new SourceLines(store, space, source);
        loaded.loadLines();
        return loaded;
    }

    /** The writers that were left out. */
    Set<WriterId> leftOut() {
        return leftOut;
    }

    private void loadLines() throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT no, writer, device, parent, fork FROM line")) {
            while (row.next()) {
                WriterId writer = WriterId.of(Bytes.owning(row.getBytes(2)));
                DeviceId device = DeviceId.of(Bytes.owning(row.getBytes(3)));
                lines.put(row.getInt(1), new SourceLine(row.getInt(1), writer, device, row.getInt(4), row.getLong(5)));
            }
        }
        for (SourceLine line : lines.values()) {
            loadEnds(line);
        }
        for (SourceLine line : lines.values()) {
            if (line.end.seq() == 0) {
                children(line).stream()
                        .filter(child -> child.device.equals(line.device))
                        .findFirst()
                        .ifPresent(child -> line.end = child.start);
            }
        }
        for (SourceLine line : lines.values()) {
            if (children(line).isEmpty()) {
                line.signed = signature(line);
                if (line.signed.isEmpty() || !counts.test(line.device)) {
                    leftOut.add(line.writer);
                }
            }
        }
        lines.values().removeIf(line -> leftOut.contains(line.writer));
    }

    private void loadEnds(SourceLine line) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT base_seq, base_chain, base_lamport, base_time, last_seq,"
                        + " last_chain, last_lamport, last_time FROM run WHERE line=" + line.no
                        + " ORDER BY last_seq")) {
            boolean first = true;
            while (row.next()) {
                if (first) {
                    line.start = SourceLine.point(row, 1);
                }
                first = false;
                line.end = SourceLine.point(row, 5);
            }
        }
    }

    private List<SourceLine> children(SourceLine parent) {
        return lines.values().stream().filter(line -> line.parent == parent.no).toList();
    }

    private Bytes signature(SourceLine line) throws SQLException {
        if (line.device.equals(own.device())) {
            return signOwn(line);
        }
        try (PreparedStatement query =
                store.prepareStatement("SELECT signed FROM signed_end WHERE writer=? AND seq=? AND chain=?")) {
            query.setBytes(1, line.writer.bytes().toArray());
            query.setLong(2, line.end.seq());
            query.setBytes(3, line.end.hash().toArray());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Bytes.owning(row.getBytes(1)) : Bytes.empty();
            }
        }
    }

    private Bytes signOwn(SourceLine line) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT base_seq, base_chain, base_lamport, base_time, body"
                        + " FROM run WHERE line=" + line.no + " ORDER BY last_seq DESC LIMIT 1")) {
            if (!row.next()) {
                return Bytes.empty();
            }
            return SignedEnd.sign(own, space, line.decode(SourceLine.point(row, 1), Bytes.owning(row.getBytes(5))))
                    .encoded();
        }
    }

    /** The lines in the order of the contract, which numbers them. */
    List<SourceLine> order() {
        List<SourceLine> order = new ArrayList<>();
        lines.values().stream()
                .filter(line -> line.parent == 0)
                .sorted(Comparator.comparing((SourceLine line) -> line.writer))
                .forEach(line -> add(line, order));
        return order;
    }

    private void add(SourceLine line, List<SourceLine> order) {
        order.add(line);
        line.imageNo = order.size();
        children(line).stream().sorted(Comparator.comparing(this::firstHash)).forEach(child -> add(child, order));
    }

    private Bytes firstHash(SourceLine line) {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT base_seq, base_chain, base_lamport, base_time, body"
                        + " FROM run WHERE line=" + line.no + " ORDER BY last_seq LIMIT 1")) {
            return row.next()
                    ? line.decode(SourceLine.point(row, 1), Bytes.owning(row.getBytes(5)))
                            .chainHash(0)
                    : children(line).stream()
                            .map(this::firstHash)
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException("local store: " + e.getMessage(), e));
        }
    }

    /** The number which the line's parent has in the image; 0 for none. */
    int parentNo(SourceLine line) {
        SourceLine parent = lines.get(line.parent);
        return parent == null ? 0 : parent.imageNo;
    }
}
