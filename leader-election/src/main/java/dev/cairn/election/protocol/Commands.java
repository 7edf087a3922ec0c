package dev.cairn.election.protocol;

import dev.cairn.election.protocol.Event.Reason;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Request;
import java.util.Map;
import java.util.Optional;

/** What users have asked for, here and on other devices. */
final class Commands {
    private final Turn turn;
    private final Session s;
    private final Tenure tenure;
    private final Candidacy candidacy;

    Commands(Turn turn, Tenure tenure, Candidacy candidacy) {
        this.turn = turn;
        this.s = turn.s;
        this.tenure = tenure;
        this.candidacy = candidacy;
    }

    void obey() {
        turn.view.commands().forEach(this::obey);
        expire();
        if (s.phase == Phase.FOLLOWER || s.phase == Phase.CANDIDATE || s.phase == Phase.NEED_USER) {
            obeyChoices();
        }
    }

    private void obey(Command command) {
        if (command instanceof Command.Ask ask) {
            ask(ask);
        } else if (command instanceof Command.Cancel) {
            turn.endRequest(Request.Status.CANCELLED);
        } else if (command instanceof Command.Done) {
            done();
        } else if (command instanceof Command.Release) {
            release();
        } else if (command instanceof Command.Choose choose) {
            choose(choose.leader(), choose.label());
        } else if (command instanceof Command.Answer answer) {
            answer(answer);
        } else if (command instanceof Command.Tell tell) {
            turn.prompts.tell(tell.question(), tell.about(), "");
        } else if (command instanceof Command.Leave) {
            leave();
        }
    }

    /** Whoever does not lead has nothing to give up, and may stand as before. */
    private void release() {
        if (turn.ownClaim().isPresent()) {
            turn.stopLeading(Reason.RELEASED);
            s.abstainUntil = turn.mono() + s.patience;
        }
    }

    private void ask(Command.Ask ask) {
        turn.remember(Memories.request(
                turn.memory(),
                new Request(
                        s.incarnation,
                        ask.goal(),
                        ask.reason(),
                        ask.priority(),
                        ask.minHold().toMillis(),
                        ask.expiry().toMillis(),
                        Request.Status.OPEN)));
        s.requestedAt = turn.mono();
        if (turn.mode == Mode.MANUAL
                && ask.goal() == Request.Goal.LEAD
                && turn.watch.effective().isEmpty()) {
            reign();
        }
    }

    /** Who asked for the leadership sees for itself when it has come. */
    private void done() {
        if (!turn.wantsToLead()) {
            turn.endRequest(Request.Status.DONE);
        }
    }

    /** A request ends with its device's incarnation, and by its device's clock. */
    private void expire() {
        Optional<Request> open = turn.ownRequest();
        if (open.isEmpty()) {
            return;
        }
        if (open.get().incarnation() != s.incarnation
                || turn.mono() - s.requestedAt >= open.get().expiryMillis()) {
            turn.endRequest(Request.Status.CANCELLED);
        } else if (open.get().goal() == Request.Goal.PING && pinged()) {
            turn.endRequest(Request.Status.DONE);
        }
    }

    private boolean pinged() {
        Optional<Session.Heard> leader = turn.watch.leader().map(token -> s.heard.get(token.writer()));
        Long published = leader.map(heard -> s.published.get(heard.acked())).orElse(null);
        return published != null && published >= s.requestedAt;
    }

    private void choose(WriterId leader, String label) {
        if (leader.equals(turn.me.writer())) {
            reign();
            return;
        }
        turn.remember(Memories.choice(
                turn.memory(),
                new Choice(
                        Question.CHOOSE_LEADER,
                        turn.memory().epoch(),
                        turn.memory().term(),
                        leader.toString(),
                        label)));
        turn.prompts.settle(Question.CHOOSE_LEADER, leader.toString());
        if (s.phase == Phase.LEADER) {
            tenure.handOverTo(leader);
        } else if (s.phase == Phase.CANDIDATE || s.phase == Phase.NEED_USER) {
            candidacy.giveWay();
        }
    }

    private void reign() {
        if (turn.view.writable() && turn.member() && s.phase != Phase.LEAVING && s.phase != Phase.LEADER) {
            if (s.ticket == 0) {
                s.ticket = turn.ranking.nextTicket();
            }
            candidacy.winByUser();
        }
    }

    private void answer(Command.Answer answer) {
        Session.Open open = s.prompts.get(answer.question());
        boolean leads = answer.answer().equals(Prompt.LEAD)
                || answer.answer().equals(turn.me.writer().toString());
        if (open == null) {
            return;
        }
        turn.remember(Memories.choice(
                turn.memory(),
                new Choice(
                        answer.question(),
                        turn.memory().epoch(),
                        turn.memory().term(),
                        answer.answer(),
                        answer.label())));
        turn.prompts.settle(answer.question(), answer.answer());
        switch (answer.question()) {
            case ONLY_DEVICE, CHOOSE_LEADER -> {
                if (leads) {
                    reign();
                } else {
                    WriterId.parse(answer.answer())
                            .ifPresentOrElse(writer -> choose(writer, answer.label()), candidacy::giveWay);
                }
            }
            case CLONE_DETECTED -> {
                if (answer.answer().equals(Prompt.GONE)) {
                    turn.remember(Memories.voting(turn.memory(), true));
                }
            }
            case EVICT_DEVICE -> {
                if (answer.answer().equals(Prompt.RETIRE)) {
                    DeviceId.parse(open.prompt().about()).ifPresent(turn::retire);
                }
            }
            default -> {
                // taken note of
            }
        }
    }

    private void leave() {
        turn.stopLeading(Reason.LEFT);
        turn.withdraw();
        turn.endRequest(Request.Status.CANCELLED);
        s.phase = Phase.LEAVING;
    }

    /** Leads when a user on another device has chosen this one, and nobody has led since. */
    private void obeyChoices() {
        for (Map.Entry<WriterId, Papers> entry : turn.watch.members().entrySet()) {
            boolean chosen = entry.getValue()
                    .choice()
                    .filter(choice -> choice.question() == Question.CHOOSE_LEADER
                            && choice.answer().equals(turn.me.writer().toString())
                            && !isOvertaken(choice))
                    .isPresent();
            if (chosen) {
                reign();
                return;
            }
        }
    }

    /** Only a user's word begins an epoch: a later one that is remembered stands for a claim that is not seen now. */
    private boolean isOvertaken(Choice choice) {
        return turn.memory().epoch() > choice.epoch() || isOutclaimed(choice);
    }

    private boolean isOutclaimed(Choice choice) {
        return turn.watch
                .greatest()
                .filter(claim -> claim.epoch() > choice.epoch()
                        || (claim.epoch() == choice.epoch() && after(claim) > choice.term()))
                .isPresent();
    }

    private static long after(Claim claim) {
        return claim.term() + (claim.handOver().isPresent() ? 1 : 0);
    }
}
