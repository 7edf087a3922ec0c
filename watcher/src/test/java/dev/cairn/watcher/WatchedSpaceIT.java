package dev.cairn.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.ChangeEvent;
import dev.cairn.replica.ChangeEvent.Origin;
import dev.cairn.replica.Invite;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Profile;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.replica.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real spaces in one folder on a real disk, as on a network share, which nobody but their watchers refreshes. */
final class WatchedSpaceIT {
    @TempDir
    Path temporary = Path.of("");

    private Path folder() throws IOException {
        return Files.createDirectories(temporary.resolve("folder"));
    }

    private SpaceOptions options(String device) {
        return SpaceOptions.inState(temporary.resolve("state-" + device)).toBuilder()
                .deviceName(device)
                .profile(Profile.FAST)
                .build();
    }

    private Space join(Space host, String device) throws IOException {
        Invite invite = host.invite(InviteOptions.writer());
        host.flush();
        JoinResult result = Space.join(folder(), invite.code(), options(device));
        assertThat(result).isInstanceOf(JoinResult.Joined.class);
        Space joined = ((JoinResult.Joined) result).space();
        host.refresh();
        host.flush();
        joined.refresh();
        return joined;
    }

    /** Counts down when the space's body of "notes" holds the text, looked at for every event of that origin. */
    private static Subscription awaiting(Space space, Origin origin, String text, CountDownLatch latch) {
        return space.onChange((ChangeEvent event) -> {
            if (event.origin() == origin && body(space).contains(text)) {
                latch.countDown();
            }
        });
    }

    private static String body(Space space) {
        return space.document("notes").text("body").toString();
    }

    private static void append(Space space, String text) {
        space.commit(tx -> {
            var body = tx.on("notes").text("body");
            body.insert(body.length(), text);
        });
    }

    @Test
    void what_one_device_commits_reaches_the_listeners_of_the_other() throws IOException {
        try (Space desk = Space.create(folder(), options("desk"));
                Space phone = join(desk, "phone")) {
            CountDownLatch onPhone = new CountDownLatch(1);
            CountDownLatch onDesk = new CountDownLatch(1);
            try (Subscription one = awaiting(phone, Origin.REMOTE, "from the desk", onPhone);
                    Subscription two = awaiting(desk, Origin.REMOTE, "from the phone", onDesk);
                    Watching deskWatch = FolderWatcher.keepFresh(desk);
                    Watching phoneWatch = FolderWatcher.keepFresh(phone)) {
                append(desk, "from the desk\n");
                append(phone, "from the phone\n");
                ObservedSpace.await(onPhone);
                ObservedSpace.await(onDesk);
                assertThat(deskWatch.live() && phoneWatch.live()).isTrue();
            }
            assertThat(desk.stateHash()).isEqualTo(phone.stateHash());
            assertThat(desk.status()).isNotNull();
        }
    }

    @Test
    void what_another_process_of_this_device_commits_reaches_its_listeners() throws IOException {
        try (Space app = Space.create(folder(), options("desk"));
                Space shell = Space.open(folder(), options("desk"))) {
            CountDownLatch heard = new CountDownLatch(1);
            try (Subscription one = awaiting(app, Origin.OTHER_PROCESS, "from the shell", heard);
                    Watching watching = FolderWatcher.keepFresh(app)) {
                append(shell, "from the shell\n");
                ObservedSpace.await(heard);
                assertThat(watching.live()).isTrue();
            }
        }
    }

    @Test
    void a_listener_that_throws_does_not_end_the_watch() throws IOException {
        try (Space desk = Space.create(folder(), options("desk"));
                Space phone = join(desk, "phone")) {
            CountDownLatch second = new CountDownLatch(1);
            Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
            Thread.setDefaultUncaughtExceptionHandler((thread, expected) -> {});
            try (Subscription broken = phone.onChange(event -> {
                        throw new IllegalStateException("a listener's bug, meant to be there");
                    });
                    Subscription sound = awaiting(phone, Origin.REMOTE, "second", second);
                    Watching watching = FolderWatcher.keepFresh(phone)) {
                append(desk, "first\n");
                desk.flush();
                append(desk, "second\n");
                desk.flush();
                ObservedSpace.await(second);
                assertThat(watching.live()).isTrue();
            } finally {
                Thread.setDefaultUncaughtExceptionHandler(before);
            }
        }
    }
}
