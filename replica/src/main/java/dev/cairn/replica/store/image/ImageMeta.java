package dev.cairn.replica.store.image;

/** The names of the values in an image. */
public final class ImageMeta {
    /** In which form the documents are. */
    public static final String FORM = "form";
    /** The version of the documents, in a form which that implies. */
    public static final String VERSION = "version";

    private ImageMeta() {}
}
