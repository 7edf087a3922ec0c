package dev.cairn.crdt.document;

import dev.cairn.crdt.version.ActorId;

/**
 * The name of an operation.
 *
 * @param actor who made its change
 * @param seq the change's sequence number
 * @param index its index within the change's part for the document
 */
public record OpId(ActorId actor, long seq, int index) {}
