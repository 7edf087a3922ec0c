package dev.cairn.crdt.oracle;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the bytes of a change mean to the oracle: instructions at positions become operations with ids. */
final class Interpreter {
    /** What an id means that means nothing: a change which nobody made. */
    private static final ChangeId NOBODYS = new ChangeId(new ActorId(-1, -1), Long.MAX_VALUE);

    private final OracleSession session;
    private final Oracle oracle;
    private final ChangeId change;
    // empty where a navigation led to no container which the author could have known
    private final Deque<Optional<ContainerId>> inside = new ArrayDeque<>();
    private final List<OpId> invalid = new ArrayList<>();
    private final Forks forks;
    private String document = "";

    private Interpreter(OracleSession session, ChangeId change, Forks forks) {
        this.session = session;
        this.forks = forks;
        this.oracle = session.oracle();
        this.change = change;
    }

    /**
     * A change as the oracle understands it.
     *
     * @param invalid the ids of the operations which make no sense
     */
    record Meaning(Change change, List<OpId> invalid) {}

    /** Interprets a change whose past is all that this oracle knows, and applies it there. */
    static Meaning apply(LocalChange change, Oracle author) {
        return apply(change, author, Forks.NONE);
    }

    /** Interprets a change of a space in which some writers went on in two ways. */
    static Meaning apply(LocalChange change, Oracle author, Forks forks) {
        Change header = new Change(
                change.change(), change.lamport(), change.timeMillis(), author.clock(), List.of(), List.of());
        List<Instruction> instructions = Decoder.read(change.operations());
        Interpreter interpreter = new Interpreter(new OracleSession(author, header), change.change(), forks);
        instructions.forEach(interpreter::follow);
        return new Meaning(interpreter.session.finishAnyway(), List.copyOf(interpreter.invalid));
    }

    /** Returns everything in the past of a change, by its parents, whose pasts are known. */
    static Clock past(LocalChange change, Oracle known) {
        Clock past = Clock.EMPTY;
        List<ChangeId> parents = new ArrayList<>(change.parents());
        if (change.change().seq() > 1) {
            parents.add(new ChangeId(change.change().actor(), change.change().seq() - 1));
        }
        for (ChangeId parent : parents) {
            past = past.and(known.change(parent).past()).with(parent);
        }
        return past;
    }

    private void follow(Instruction instruction) {
        if (instruction instanceof Instruction.Document named) {
            document = named.name();
            session.take(document, 0);
            inside.clear();
            inside.push(Optional.of(new ContainerId.Root(document)));
        } else if (instruction instanceof Instruction.Enter enter) {
            inside.push(here().map(map -> (ContainerId) derived(map, enter.key(), enter.kind(), enter.base()))
                    .filter(oracle.made()::contains));
        } else if (instruction instanceof Instruction.EnterMade made) {
            inside.push(made(id(made.maker()), made.kind()));
        } else if (instruction instanceof Instruction.Leave leave) {
            for (int i = 0; i < leave.levels(); i++) {
                inside.pop();
            }
        } else if (!(instruction instanceof Instruction.TakeBack)) {
            operate(instruction);
        }
    }

    private Optional<ContainerId> here() {
        return inside.element();
    }

    private OpId id(Instruction.Id id) {
        ChangeId named = id.actor()
                .map(actor -> forks.meaning(new ChangeId(actor, id.seq()), oracle.clock())
                        .orElse(NOBODYS))
                .orElse(change);
        return new OpId(document, named.actor(), named.seq(), id.index());
    }

    private ContainerId.Derived derived(ContainerId parent, String key, Kind kind, Optional<Instruction.Id> base) {
        return new ContainerId.Derived(parent, key, kind, base.map(this::id));
    }

    private Optional<ContainerId> made(OpId maker, Kind kind) {
        return oracle.made().stream()
                .filter(container -> container instanceof ContainerId.MadeBy madeBy
                        && madeBy.maker().equals(maker)
                        && madeBy.kind() == kind
                        && oracle.deletions(madeBy.element()).isEmpty())
                .findFirst();
    }

    /** Makes an operation if it makes sense, and takes its ids anyway. */
    private void operate(Instruction instruction) {
        OpId first = session.peek(document);
        int units = units(instruction);
        if (here().isPresent() && makesSense(instruction, here().get())) {
            make(instruction, here().get());
        } else {
            invalid.add(first);
        }
        int taken = session.peek(document).index() - first.index();
        session.take(document, units - taken);
    }

    private static int units(Instruction instruction) {
        if (instruction instanceof Instruction.InsertText insert) {
            return insert.text().codePointCount(0, insert.text().length());
        }
        if (instruction instanceof Instruction.InsertElements insert) {
            return insert.elements().size();
        }
        if (instruction instanceof Instruction.Delete delete) {
            return delete.count();
        }
        return instruction instanceof Instruction.Mark ? 2 : 1;
    }

    private boolean makesSense(Instruction instruction, ContainerId container) {
        int size = oracle.sequence(container).visible().size();
        if (instruction instanceof Instruction.InsertText insert) {
            return insert.at() <= size;
        }
        if (instruction instanceof Instruction.InsertElements insert) {
            return insert.at() <= size;
        }
        if (instruction instanceof Instruction.Delete delete) {
            return (long) delete.at() + delete.count() <= size;
        }
        if (instruction instanceof Instruction.Mark mark) {
            return (long) mark.at() + mark.count() <= size;
        }
        if (instruction instanceof Instruction.Move move) {
            return move.from() < size && move.to() < size && !session.isDeleted(container, move.from());
        }
        if (instruction instanceof Instruction.SetElement set) {
            return set.at() < size
                    && !session.isDeleted(container, set.at())
                    && (!(set.element() instanceof Instruction.Element.Again again)
                            || had(container, set.at(), again).isPresent());
        }
        if (instruction instanceof Instruction.Place place) {
            return place.above().map(this::id).stream().allMatch(oracle.tree(container)::has)
                    && place.node().map(this::id).stream().allMatch(oracle.tree(container)::has)
                    && (place.node().isEmpty()
                            || !place.node().map(this::id).equals(place.above().map(this::id)));
        }
        if (instruction instanceof Instruction.Drop drop) {
            return container.kind() != Kind.TREE || oracle.tree(container).has(id(drop.target()));
        }
        return true;
    }

    /** Returns the container which an operation made for the element at a position. */
    private Optional<ContainerId> had(ContainerId list, int at, Instruction.Element.Again again) {
        return oracle.made().stream()
                .filter(container -> container instanceof ContainerId.MadeBy made
                        && made.isIn(list)
                        && made.maker().equals(id(again.maker()))
                        && made.element().equals(session.elementAt(list, at)))
                .findFirst();
    }

    private boolean isElement(ContainerId list, OpId element) {
        return oracle.sequence(list).all().stream().anyMatch(unit -> unit.name().equals(element));
    }

    private void make(Instruction instruction, ContainerId container) {
        if (instruction instanceof Instruction.Put put) {
            session.put(container, put.key(), put.value());
        } else if (instruction instanceof Instruction.Remove remove) {
            session.removeAnyway(container, remove.key());
        } else if (instruction instanceof Instruction.Make make) {
            session.assign(
                    container, make.key(), new Content.Inner(derived(container, make.key(), make.kind(), make.base())));
        } else if (instruction instanceof Instruction.InsertText insert) {
            session.insertText(container, insert.at(), insert.text());
        } else if (instruction instanceof Instruction.InsertElements insert) {
            int at = insert.at();
            for (Instruction.Element element : insert.elements()) {
                insert(container, at++, element);
            }
        } else if (instruction instanceof Instruction.Delete delete) {
            session.delete(container, delete.at(), delete.count());
        } else if (instruction instanceof Instruction.Add add) {
            session.add(container, add.delta());
        } else {
            makeNewer(instruction, container);
        }
    }

    private void makeNewer(Instruction instruction, ContainerId container) {
        if (instruction instanceof Instruction.Move move) {
            session.move(container, move.from(), move.to());
        } else if (instruction instanceof Instruction.SetElement set) {
            if (set.element() instanceof Instruction.Element.Again again) {
                session.setElement(
                        container,
                        set.at(),
                        new Content.Inner(had(container, set.at(), again).orElseThrow()));
            } else if (set.element() instanceof Instruction.Element.Container made) {
                session.setElement(container, set.at(), made.kind());
            } else {
                session.setElement(container, set.at(), ((Instruction.Element.Scalar) set.element()).value());
            }
        } else if (instruction instanceof Instruction.Mark mark) {
            session.mark(container, mark.key(), mark.before(), mark.after(), mark.at(), mark.count(), mark.value());
        } else if (instruction instanceof Instruction.Place place) {
            session.place(container, place.node().map(this::id), place.above().map(this::id), place.position());
        } else {
            OpId target = id(((Instruction.Drop) instruction).target());
            if (container.kind() == Kind.TREE) {
                session.drop(container, target);
            } else {
                if (!oracle.deletions(target).isEmpty() && isElement(container, target)) {
                    session.dismiss(container, target);
                }
            }
        }
    }

    private void insert(ContainerId list, int at, Instruction.Element element) {
        if (element instanceof Instruction.Element.Container made) {
            session.insertContainer(list, at, made.kind());
        } else {
            session.insertValue(list, at, ((Instruction.Element.Scalar) element).value());
        }
    }
}
