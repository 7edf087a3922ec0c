package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;

/** The edits of a movable list which this device makes: indexes count elements, positions count slots. */
public final class MovableListEdits {
    private final MovableListContainer list;
    private final Document document;
    private final StaleSlots stale = new StaleSlots();
    private boolean staleKnown = true;
    private final int[] unit = new int[1];

    MovableListEdits(MovableListContainer list, Document document) {
        this.list = list;
        this.document = document;
    }

    /** Notes that others may show something or nothing now where it was otherwise. */
    void forgetStale() {
        staleKnown = false;
    }

    /** Returns the position in units of an element, or of the end. */
    public int position(int index) {
        if (!staleKnown) {
            stale.clear();
            int[] all = list.sequence.size() == list.size() ? new int[0] : list.sequence.toArray();
            for (int i = 0; i < all.length; i++) {
                if (!list.isShown(~all[i])) {
                    stale.add(i);
                }
            }
            staleKnown = true;
        }
        return stale.position(index);
    }

    /** Inserts a scalar at a position. */
    public void insert(int position, int address) {
        insert(position, list.add(address, document.localLv(), document.nextIndex()), document.localLv());
    }

    private void insert(int position, int element, int lv) {
        unit[0] = ~list.slots.greatest(element);
        list.sequence.insert(lv, position, unit, 1);
        stale.inserted(position);
        list.edited(lv);
        document.advance(1);
    }

    /** Inserts a new container at a position. */
    public Container insert(int position, ContainerType type) {
        int lv = document.localLv();
        int element = list.add(0, lv, document.nextIndex());
        Container made = list.addContainer(element, type, lv, document.nextIndex());
        insert(position, element, lv);
        return made;
    }

    /** Returns how many elements, at most that many, stand in adjacent slots from that position on. */
    public int adjacent(int position, int most) {
        return Math.min(stale.gap(position), most);
    }

    /** Deletes elements which stand in adjacent list.slots. */
    public void delete(int position, int count) {
        int lv = document.localLv();
        list.sequence.delete(lv, position, count);
        stale.deleted(position, count);
        list.edited(lv);
        document.advance(count);
    }

    /** Returns the position, counted without the slot at {@code from}, of an index counted without that element. */
    public int positionWithout(int from, int index) {
        stale.deleted(from, 1);
        int position = stale.position(index);
        stale.inserted(from);
        return position;
    }

    /** Moves the element in the slot at a position. */
    public void move(int from, int to) {
        stale.deleted(from, 1);
        stale.inserted(to);
        list.move(list.slots.elementOf(~list.sequence.get(from)), from, to, document.localLv());
    }
}
