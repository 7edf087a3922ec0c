package dev.cairn.replica;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Brings events to listeners, in the order in which they became visible, one at a time.
 *
 * <p>Events are added under the space's lock and delivered after it is let go, on the thread that added them or on one
 * which is delivering already. A listener that commits adds an event, which is delivered after it returns.
 */
final class Events {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Waker> wakers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<ChangeEvent> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock delivering = new ReentrantLock();

    Subscription listen(Consumer<ChangeEvent> listener) {
        Listener own = new Listener(new Object(), listener);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    Subscription onDue(Runnable waker) {
        Waker own = new Waker(new Object(), waker);
        wakers.add(own);
        return () -> wakers.remove(own);
    }

    void wake() {
        for (Waker waker : wakers) {
            guarded(waker.wake());
        }
    }

    void add(ChangeEvent event) {
        queue.add(event);
    }

    void deliver() {
        if (delivering.isHeldByCurrentThread()) {
            return;
        }
        while (!queue.isEmpty() && delivering.tryLock()) {
            try {
                ChangeEvent event = queue.poll();
                while (event != null) {
                    tell(event);
                    event = queue.poll();
                }
            } finally {
                delivering.unlock();
            }
        }
    }

    private void tell(ChangeEvent event) {
        for (Listener listener : listeners) {
            guarded(() -> listener.call().accept(event));
        }
    }

    /** One listener's fault must not keep an event from the others, nor undo a commit which is durable. */
    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** A registration; the same function may be registered twice. */
    private record Listener(Object identity, Consumer<ChangeEvent> call) {}

    /** A registration of a function that wakes whoever does the duties. */
    private record Waker(Object identity, Runnable wake) {}
}
