/**
 * The local store of one device and space: an SQLite file outside the synced folder, the truth about this device.
 *
 * <p>Start at {@link dev.cairn.replica.store.LocalStore}. It holds every change, own and imported, as the bytes that
 * were signed; what is known of each file in the folder; the files this device has written, to be written again at
 * any time; the newest heads of all writers; the member entries; and a checkpoint of the documents. All processes of
 * a device share it: each write is one short immediate transaction, durable when it returns.
 */
@NullMarked
package dev.cairn.replica.store;

import org.jspecify.annotations.NullMarked;
