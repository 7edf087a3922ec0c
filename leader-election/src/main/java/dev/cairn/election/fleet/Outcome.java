package dev.cairn.election.fleet;

/**
 * What came of one run.
 *
 * @param twoLeaders the share of time with two leaders or more, of 1
 * @param noLeader the share of time without any
 * @param conflictCopies files which two devices wrote without knowing of each other
 * @param elections how often somebody became the leader
 * @param files files written
 * @param prompts questions asked
 */
public record Outcome(
        double twoLeaders, double noLeader, long conflictCopies, long elections, long files, long prompts) {}
