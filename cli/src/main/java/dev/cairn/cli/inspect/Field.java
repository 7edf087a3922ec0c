package dev.cairn.cli.inspect;

/**
 * A stretch of a file with what it means.
 *
 * @param offset where it begins, in bytes from the file's start
 * @param length its bytes
 * @param name what it is called in SPEC
 * @param hex its bytes, the first of them when they are many
 * @param meaning what they say
 */
public record Field(long offset, long length, String name, String hex, String meaning) {}
