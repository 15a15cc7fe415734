// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Flows;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.controller.core.internal.flow.Situation;
import org.l3distributor.controller.core.internal.flow.Step;
import org.l3distributor.controller.core.internal.flow.World;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;

/**
 * Drives a claimed task until it is over, must wait, or belongs to somebody else: what to do is decided, and what came of
 * it written, in one transaction each, with the task's fence. Between the two the effects are done; a controller that dies
 * there leaves a task that says what to do again.
 */
final class TaskRun {
    /** A flow that decides so often without an effect or an end doesn't end by itself. */
    private static final int MOST_TURNS = 10_000;

    /** Others may change the same rows; each time one of us gets through. */
    private static final int COLLISIONS = 20;

    /** How a run ended. */
    enum Ending {
        OVER,
        WAITS,
        /** Somebody else holds the task: nothing more may be written for it. */
        LOST
    }

    private final ControllerStore store;
    private final Effects effects;
    private final String distributorId;
    private final Limits limits;

    TaskRun(ControllerStore store, Effects effects, String distributorId, Limits limits) {
        this.store = store;
        this.effects = effects;
        this.distributorId = distributorId;
        this.limits = limits;
    }

    /** The claim is another's; the transaction is rolled back by it. */
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** @param toDo empty when there is nothing to do outside of the tables now */
    private record Turn(Task task, List<Effect> toDo, boolean over, boolean waits) {}

    /**
     * Blocks for as long as effects take.
     *
     * @throws StoreException when the tables can't be asked: the task stays claimed until its lease ends
     */
    Ending run(Task claimed) throws StoreException {
        try {
            Task task = claimed;
            List<Result> results = List.of();
            for (int i = 0; i < MOST_TURNS; i++) {
                Turn turn = turn(task, results);
                if (turn.over()) {
                    return Ending.OVER;
                }
                if (turn.waits()) {
                    return Ending.WAITS;
                }
                task = turn.task();
                results = turn.toDo().isEmpty() ? List.of() : done(turn.toDo());
            }
            throw new IllegalStateException("task " + claimed.id() + " of " + claimed.kind() + " doesn't end");
        } catch (Lost e) {
            return Ending.LOST;
        }
    }

    private Turn turn(Task task, List<Result> results) throws StoreException {
        for (int left = COLLISIONS; ; left--) {
            try {
                return store.in(tx -> {
                    Memo memo = MemoJson.read(task.data());
                    World world = Snapshots.world(tx, task, memo, distributorId);
                    Situation situation = new Situation(task, memo, world, limits);
                    Step step = results.isEmpty() ? Flows.next(situation) : Flows.learn(situation, results);
                    return write(tx, task, step);
                });
            } catch (Writer.Moved e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    private static Turn write(Transaction tx, Task task, Step step) {
        Instant now = tx.now();
        if (step instanceof Step.Do effects) {
            return new Turn(task, effects.effects(), false, false);
        }
        if (step instanceof Step.Change change) {
            new Writer(tx).all(change.writes());
            return new Turn(
                    saved(tx, task.at(task.step(), MemoJson.write(change.memo()), now)), List.of(), false, false);
        }
        if (step instanceof Step.Wait wait) {
            new Writer(tx).all(wait.writes());
            Task later = task.at(task.step(), MemoJson.write(wait.memo()), now)
                    .again(now.plus(wait.pause()), wait.reason() == null ? "" : wait.reason(), now);
            Task waiting = saved(tx, later);
            tx.tasks().release(waiting);
            return new Turn(waiting, List.of(), false, true);
        }
        Step.End end = (Step.End) step;
        Task over = saved(tx, task.over(end.error(), now)); // first: another one for its target may be among the writes
        new Writer(tx).all(end.writes());
        return new Turn(over, List.of(), true, false);
    }

    private static Task saved(Transaction tx, Task task) {
        if (!tx.tasks().save(task)) {
            throw new Lost();
        }
        return task;
    }

    private List<Result> done(List<Effect> toDo) {
        List<CompletionStage<Result>> started =
                toDo.stream().map(effects::start).toList();
        List<Result> results = new ArrayList<>();
        for (CompletionStage<Result> stage : started) {
            results.add(stage.toCompletableFuture().join());
        }
        return results;
    }
}
