package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
    @TempDir
    Path states;

    @SuppressWarnings("NullAway.Init")
    private Fleet fleet;

    @SuppressWarnings("NullAway.Init")
    private Device a;

    @BeforeEach
    void makeFleet() {
        fleet = new Fleet(states);
        a = fleet.create("a");
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    private void insert(Batch batch, String text) {
        batch.commit(tx -> tx.on("notes").text("body").append(text));
    }

    @Test
    void eachCommitIsAChangeOfItsOwn() {
        Version version = a.space.batch(batch -> {
            batch.commit("first", tx -> tx.on("notes").map().put("title", "Groceries"));
            insert(batch, "milk\n");
            insert(batch, "bread\n");
        });
        assertThat(version.heads())
                .singleElement()
                .satisfies(head -> assertThat(head.seq()).isEqualTo(3));
        assertThat(a.space.log()).extracting(LogEntry::message).containsExactly("", "", "first");
        assertThat(a.text()).isEqualTo("milk\nbread\n");
        a.space.undo();
        assertThat(a.text()).isEqualTo("milk\n");
    }

    @Test
    void aBatchIsDurableAndTravels() {
        Device b = fleet.join(a, "b");
        int commits = 40_000;
        Version version = a.space.batch(batch -> {
            for (int i = 0; i < commits; i++) {
                insert(batch, i % 10 == 9 ? "\n" : "x");
            }
        });
        String hash = a.space.stateHash();
        a.restart();
        assertThat(a.space.version()).isEqualTo(version);
        assertThat(a.space.stateHash()).isEqualTo(hash);
        assertThat(a.space.status().changes()).isEqualTo(commits);
        fleet.sync();
        assertThat(b.space.stateHash()).isEqualTo(hash);
    }

    @Test
    void readsInsideSeeTheCommitsBefore() {
        List<String> seen = new ArrayList<>();
        a.space.batch(batch -> {
            insert(batch, "a");
            seen.add(a.text());
            insert(batch, "b");
            seen.add(a.text());
        });
        assertThat(seen).containsExactly("a", "ab");
    }

    @Test
    void anEmptyBatchChangesNothing() {
        a.put("x", "1");
        Version before = a.space.version();
        assertThat(a.space.batch(batch -> {})).isEqualTo(before);
        assertThat(a.space.batch(batch -> batch.commit(tx -> {}))).isEqualTo(before);
    }

    @Test
    void aBatchThatThrowsHasNoEffect() {
        a.put("x", "1");
        Version before = a.space.version();
        String hash = a.space.stateHash();
        List<ChangeEvent> events = new ArrayList<>();
        a.space.onChange(events::add);
        assertThatThrownBy(() -> a.space.batch(batch -> {
                    for (int i = 0; i < 20_000; i++) {
                        insert(batch, "x");
                    }
                    throw new IllegalArgumentException("line 20001");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 20001");
        assertThat(a.space.version()).isEqualTo(before);
        assertThat(a.space.stateHash()).isEqualTo(hash);
        assertThat(events).isEmpty();
        a.put("y", "2");
        a.restart();
        assertThat(a.space.status().changes()).isEqualTo(2);
    }

    @Test
    void aCommitThatThrowsIsLeftOut() {
        a.space.batch(batch -> {
            insert(batch, "kept");
            assertThatThrownBy(() -> batch.commit(tx -> {
                        tx.on("notes").text("body").append(" lost");
                        throw new IllegalStateException("not this one");
                    }))
                    .hasMessage("not this one");
            insert(batch, ", too");
        });
        assertThat(a.text()).isEqualTo("kept, too");
        a.restart();
        assertThat(a.text()).isEqualTo("kept, too");
        assertThat(a.space.status().changes()).isEqualTo(2);
    }

    @Test
    void aChangeThatCannotBeStoredFailsTheBatchEvenIfCaught() {
        String huge = "x".repeat(1 << 20);
        assertThatThrownBy(() -> a.space.batch(batch -> {
                    insert(batch, "before");
                    assertThatThrownBy(() -> insert(batch, huge)).isInstanceOf(SpaceException.class);
                }))
                .isInstanceOfSatisfying(
                        SpaceException.class, e -> assertThat(e.code()).isEqualTo(SpaceException.Code.LIMIT));
        assertThat(a.space.documents()).isEmpty();
        insert("after");
        assertThat(a.text()).isEqualTo("after");
    }

    private void insert(String text) {
        a.space.commit(tx -> tx.on("notes").text("body").append(text));
    }

    @Test
    void listenersAreToldOnceAndAfterwards() {
        List<ChangeEvent> events = new ArrayList<>();
        a.space.onChange(events::add);
        a.space.batch(batch -> {
            batch.commit(tx -> tx.on("one").map().put("k", 1));
            batch.commit(tx -> tx.on("two").map().put("k", 2));
            assertThat(events).isEmpty();
        });
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.documents()).containsExactly("one", "two");
            assertThat(event.changes()).isEqualTo(2);
        });
    }

    @Test
    void refusesWhatCannotBeMeant() {
        List<Batch> escaped = new ArrayList<>();
        a.space.batch(batch -> {
            escaped.add(batch);
            assertThatThrownBy(() -> a.space.commit(tx -> {})).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> a.space.batch(inner -> {})).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> batch.commit(tx -> insert(batch, "inside")))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> CompletableFuture.runAsync(() -> insert(batch, "elsewhere"))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> batch.commit("m".repeat(5000), tx -> {})).isInstanceOf(SpaceException.class);
            insert(batch, "fine");
        });
        assertThat(a.text()).isEqualTo("fine");
        assertThatThrownBy(() -> insert(escaped.get(0), "late")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void otherThreadsCommitBeforeOrAfter() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Version> other = CompletableFuture.supplyAsync(() -> {
            try {
                inside.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return a.space.commit(tx -> tx.on("notes").map().put("other", true));
        });
        Version batched = a.space.batch(batch -> {
            inside.countDown();
            insert(batch, "a");
            insert(batch, "b");
        });
        assertThat(other.get().heads().get(0).seq()).isEqualTo(3);
        assertThat(batched.heads().get(0).seq()).isEqualTo(2);
    }
}
