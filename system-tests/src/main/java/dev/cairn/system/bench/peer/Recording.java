package dev.cairn.system.bench.peer;

import dev.cairn.system.bench.peer.Script.Kind;
import dev.cairn.system.bench.peer.Script.Step;
import java.util.ArrayList;
import java.util.List;

/** The changes which the devices of a script make with some engine. */
final class Recording {
    private final List<Replica> devices = new ArrayList<>();
    private final List<List<Object>> byDevice = new ArrayList<>();
    private final List<Object> causal = new ArrayList<>();

    Recording(Engine engine, Script script) {
        for (int i = 0; i < script.devices(); i++) {
            devices.add(engine.replica(i));
            byDevice.add(new ArrayList<>());
        }
        for (Step step : script.steps()) {
            if (step.kind() == Kind.SYNC) {
                sync();
            } else {
                play(devices.get(step.device()), step);
            }
        }
        gather();
    }

    /** Makes one edit, as a change. */
    static void play(Replica replica, Step step) {
        switch (step.kind()) {
            case PUT -> replica.put(step.text(), step.number());
            case INSERT -> replica.insert(step.number(), step.text());
            case ADD -> replica.add(step.number());
            case ELEMENTS -> replica.elements(step.number());
            case MOVE -> replica.move(step.number(), step.other());
            case NODES -> replica.nodes(step.number());
            case PLACE -> replica.place(step.number(), step.other());
            case MARK -> replica.mark(step.number(), step.other());
            case SYNC -> throw new IllegalArgumentException("no device does " + step);
        }
        replica.commit();
    }

    private List<List<Object>> gather() {
        List<List<Object>> fresh = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            List<Object> changes = devices.get(i).drain();
            fresh.add(changes);
            byDevice.get(i).addAll(changes);
            causal.addAll(changes);
        }
        return fresh;
    }

    private void sync() {
        List<List<Object>> fresh = gather();
        for (int i = 0; i < devices.size(); i++) {
            List<Object> others = new ArrayList<>();
            for (int j = 0; j < devices.size(); j++) {
                if (j != i) {
                    others.addAll(fresh.get(j));
                }
            }
            devices.get(i).apply(others);
        }
    }

    /** All changes, parents before children. */
    List<Object> causal() {
        return causal;
    }

    /** All changes of one device, then all of the next. */
    List<Object> byDevice() {
        return byDevice.stream().flatMap(List::stream).toList();
    }
}
