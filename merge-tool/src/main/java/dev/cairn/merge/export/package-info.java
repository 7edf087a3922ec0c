/**
 * A space as a database which a person can use: start at {@link dev.cairn.merge.export.SqliteExport}; the schema is in
 * docs/export.md.
 */
@NullMarked
package dev.cairn.merge.export;

import org.jspecify.annotations.NullMarked;
