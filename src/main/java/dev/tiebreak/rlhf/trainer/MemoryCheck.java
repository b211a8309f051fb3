package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.model.ModelSize;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a run will fit into the memory there is, and what would make it fit.
///
/// @param learnt numbers that learn
/// @param load   of the largest batch
record MemoryCheck(ModelSize model, long learnt, TrainingSettings settings, StepLoad load) {

    /// Before the model is loaded and the rows are read: whether the weights will fit at all.
    static MemoryCheck before(ModelSize model, TrainingSettings settings) {
        return new MemoryCheck(model, MemoryForecast.learnt(model, settings), settings, StepLoad.NONE);
    }

    MemoryForecast forecast() {
        return forecast(settings, load);
    }

    private MemoryForecast forecast(TrainingSettings changed, StepLoad changedLoad) {
        return MemoryForecast.of(model, learnt, changed, changedLoad);
    }

    /// @param room bytes that the whole process may have
    /// @throws WrongInputException when the run will not fit
    void require(long room) {
        if (forecast().total() > room) {
            throw new WrongInputException(String.format(
                    Locale.ROOT,
                    "the run would need %s, and %.1f GB can be had: %s; --ignore-memory trains anyway",
                    forecast().text(),
                    room / 1e9,
                    remedy(room)));
        }
    }

    private String remedy(long room) {
        return Stream.of(recomputing(room), smallerBatch(room, settings), smallerBatch(room, thrifty()), shorter(room))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(
                        learnt < model.weights()
                                ? "choose a smaller model"
                                : "train an adapter (use_peft=true) or choose a smaller model");
    }

    private TrainingSettings thrifty() {
        return settings.withRecomputing();
    }

    private Optional<String> recomputing(long room) {
        return fits(thrifty(), load, room) ? Optional.of("set gradient_checkpointing=true") : Optional.empty();
    }

    private Optional<String> smallerBatch(long room, TrainingSettings changed) {
        String also = changed.recomputing() && !settings.recomputing() ? "gradient_checkpointing=true, " : "";
        for (int batch = settings.batchSize() - 1; batch >= smallestBatch(); batch--) {
            boolean sameSteps = settings.rowsPerStep() % batch == 0;
            if (sameSteps && fits(changed, load.times((double) batch / settings.batchSize()), room)) {
                int accumulation = settings.rowsPerStep() / batch;
                return Optional.of("set " + also + "per_device_train_batch_size=" + batch
                        + " and gradient_accumulation_steps=" + accumulation);
            }
        }
        return Optional.empty();
    }

    /// KTO borrows completions within a batch.
    private int smallestBatch() {
        return settings.own() instanceof KtoSettings kto && kto.estimatesDrift() ? 2 : 1;
    }

    private Optional<String> shorter(long room) {
        StepLoad one = load.times((double) smallestBatch() / settings.batchSize());
        for (int length = settings.maxLength() / 2; length >= 64; length /= 2) {
            if (fits(thrifty(), one.cut((double) length / settings.maxLength()), room)) {
                return Optional.of("set gradient_checkpointing=true, per_device_train_batch_size=" + smallestBatch()
                        + " and max_length=" + length);
            }
        }
        return Optional.empty();
    }

    private boolean fits(TrainingSettings changed, StepLoad changedLoad, long room) {
        return forecast(changed, changedLoad).total() <= room;
    }
}
