package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cairn leader} as two shells of one device have it: one takes part, the other asks. */
final class LeaderIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path root;

    private static void await(Desk desk, String what, BooleanSupplier so) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("%s; so far: %s", what, desk.live())
                    .isNegative();
            assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private static JsonNode status(Desk desk) throws IOException {
        return JSON.readTree(desk.tries("leader", "--json").out());
    }

    @Test
    void aDeviceLeadsReleasesAndLeadsAgainByTheUsersWord() throws Exception {
        Desk watching = new Desk(root, "desk");
        watching.run("init", ".", "--name", "desk");
        Desk asking = new Desk(root, "desk");
        CompletableFuture<Desk.Said> watch =
                CompletableFuture.supplyAsync(() -> watching.tries("leader", "watch", "--pace", "fast"));
        try {
            await(watching, "leads", () -> watching.live().contains("this device leads, token 0.1."));
            leads(asking);
            asking.run("leader", "release");
            await(watching, "released", () -> watching.live().contains("leads no more: released"));
            assertThat(asking.tries("leader-only", "set", "rates", "eur", "2").status())
                    .isEqualTo(1);
            asking.run("leader", "choose", "me");
            await(watching, "chosen", () -> watching.live().contains("this device leads, token 1.2."));
            asking.run("leader", "request", "--wait", "60");
            asking.run("leader-only", "set", "rates", "eur", "3");
        } finally {
            watching.interruption().raise();
        }
        assertThat(watch.get(1, TimeUnit.MINUTES).status()).isZero();
        assertThat(asking.tries("leader").status()).as("it has left").isEqualTo(1);
        assertThat(asking.tries("leader-only", "set", "rates", "eur", "4").status())
                .isEqualTo(1);
        assertThat(asking.run("leader-only", "get", "rates", "eur")).isEqualTo("3\n");
    }

    private static void leads(Desk asking) throws IOException {
        assertThat(asking.run("leader")).startsWith("leader   desk (this device), epoch 0, term 1, by grace");
        JsonNode plain = status(asking);
        assertThat(plain.at("/leader/name").asText()).isEqualTo("desk");
        assertThat(plain.at("/leader/proof").asText()).isEqualTo("grace");
        assertThat(plain.get("leading").asBoolean()).isTrue();
        assertThat(asking.run("status")).contains("leader");
        Desk.Said second = asking.tries("leader", "watch", "--pace", "fast");
        assertThat(second.status()).as(second.toString()).isEqualTo(3);
        asking.run("leader-only", "set", "rates", "eur", "1.08");
        assertThat(asking.run("leader-only", "get", "rates")).isEqualTo("{\"eur\":1.08}\n");
        assertThat(JSON.readTree(asking.run("leader-only", "--json"))
                        .at("/collections/0/keys")
                        .asInt())
                .isEqualTo(1);
    }
}
