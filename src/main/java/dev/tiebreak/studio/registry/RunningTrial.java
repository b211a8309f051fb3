package dev.tiebreak.studio.registry;

import dev.tiebreak.studio.registry.ModelWorker.Asked;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Asks each model for a completion, then the reward model for their scores.
final class RunningTrial implements Trial {
    private final ModelWorker worker;
    private final TrialRequest request;
    private final Consumer<TrialEvent> listener;
    private final List<Asked> asked = new ArrayList<>();
    private final TreeMap<Integer, String> completions = new TreeMap<>();
    private int open;
    private boolean scoring;
    private boolean calledOff;

    RunningTrial(ModelWorker worker, TrialRequest request, Consumer<TrialEvent> listener) {
        this.worker = worker;
        this.request = request;
        this.listener = listener;
        this.open = request.models().size();
    }

    synchronized void start() {
        try {
            for (int i = 0; i < request.models().size(); i++) {
                int model = i;
                asked.add(worker.generate(
                        request.models().get(i).folder(),
                        request.prompt(),
                        request.sampling(),
                        answer -> hear(model, answer)));
            }
            listener.accept(new TrialEvent.Queued(asked.getFirst().ahead()));
        } catch (IllegalStateException | UncheckedIOException e) {
            fail(String.valueOf(e.getMessage()));
            listener.accept(new TrialEvent.Ended(false));
        }
    }

    private synchronized void hear(int model, WorkerAnswer answer) {
        switch (answer) {
            case WorkerAnswer.Wrote(var delta) -> listener.accept(new TrialEvent.Wrote(model, delta));
            case WorkerAnswer.Completed(var text, var finish, var tokens) -> {
                completions.put(model, text);
                listener.accept(new TrialEvent.Completed(model, text, finish.equals("length"), tokens));
                finishOne();
            }
            case WorkerAnswer.Cancelled _ -> finishOne();
            case WorkerAnswer.Failed(var reason) -> {
                fail(reason);
                finishOne();
            }
            case WorkerAnswer.Scored(var scores) -> {
                listener.accept(new TrialEvent.Scored(scores));
                finishOne();
            }
        }
    }

    /// The first failure is told; what else is under way is called off.
    private void fail(String reason) {
        if (!calledOff) {
            calledOff = true;
            listener.accept(new TrialEvent.Failed(reason));
            asked.forEach(Asked::cancel);
        }
    }

    private void finishOne() {
        open--;
        if (open == 0 && !calledOff && !scoring && request.rewardModel().isPresent()) {
            score(request.rewardModel().get());
        } else if (open == 0) {
            listener.accept(new TrialEvent.Ended(!calledOff));
        }
    }

    private void score(Checkpoint rewardModel) {
        scoring = true;
        open = 1;
        try {
            asked.add(worker.score(
                    rewardModel.folder(),
                    request.prompt(),
                    List.copyOf(completions.values()),
                    answer -> hear(-1, answer)));
        } catch (IllegalStateException | UncheckedIOException e) {
            fail(String.valueOf(e.getMessage()));
            finishOne();
        }
    }

    @Override
    public synchronized void stop() {
        calledOff = true;
        asked.forEach(Asked::cancel);
    }
}
