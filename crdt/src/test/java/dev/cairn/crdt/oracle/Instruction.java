package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Value;
import java.util.List;
import java.util.Optional;

/** One instruction of an encoded change. */
sealed interface Instruction {
    /** The id of an operation; without an actor it means the change it stands in. */
    record Id(long seq, Optional<ActorId> actor, int index) {}

    /** A value or a new container. */
    sealed interface Element {
        /** A scalar. */
        record Scalar(Value value) implements Element {}

        /** A new container. */
        record Container(Kind kind) implements Element {}

        /** A container which that operation made. */
        record Again(Id maker) implements Element {}
    }

    record Document(String name) implements Instruction {}

    record Enter(Kind kind, String key, Optional<Id> base) implements Instruction {}

    record EnterMade(Kind kind, Id maker) implements Instruction {}

    record Leave(int levels) implements Instruction {}

    record Put(String key, Value value) implements Instruction {}

    record Remove(String key) implements Instruction {}

    record Make(Kind kind, String key, Optional<Id> base) implements Instruction {}

    record InsertText(int at, String text) implements Instruction {}

    record InsertElements(int at, List<Element> elements) implements Instruction {}

    record Delete(int at, int count) implements Instruction {}

    record Add(long delta) implements Instruction {}

    record Move(int from, int to) implements Instruction {}

    record SetElement(int at, Element element) implements Instruction {}

    record Mark(String key, boolean before, boolean after, int at, int count, Value value) implements Instruction {}

    record Place(Optional<Id> above, Optional<Id> node, PositionKey position) implements Instruction {}

    record Drop(Id target) implements Instruction {}

    record TakeBack(boolean again, ChangeId change) implements Instruction {}
}
