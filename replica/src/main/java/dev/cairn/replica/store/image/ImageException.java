package dev.cairn.replica.store.image;

/** An image which is refused. Expected: it is input. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1;

    private final ImageVerdict verdict;

    /** Refuses an image for that reason; the detail names the place. */
    public ImageException(ImageVerdict verdict, String detail) {
        super(verdict.text() + " (" + detail + ")", null, false, false);
        this.verdict = verdict;
    }

    /** The reason. */
    public ImageVerdict verdict() {
        return verdict;
    }
}
