package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.numeric.Replicates;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;

/// EM from several places, of which the best end is kept.
final class Starts {

    private Starts() {}

    static void require(double smoothing, int starts) {
        if (!(smoothing >= 0) || starts < 1) {
            throw new IllegalArgumentException(
                    "smoothing is 0 or more and there is a start or more, got " + smoothing + " and " + starts);
        }
    }

    /// From the share of votes of each item, shaken in all starts but the first.
    static Consensus best(Labels labels, int starts, long seed, Em em, Supplier<AnnotatorModel> models) {
        Replicates replicates = Replicates.of(seed, starts);
        return best(labels, starts, em, models, (model, begin) -> {
            UniformRandomProvider random = replicates.generator(begin.number());
            double[] factors = new double[labels.items() * labels.categories()];
            for (int i = 0; i < factors.length && begin.number() > 0; i++) {
                factors[i] = Math.exp(2 * random.nextDouble() - 1);
            }
            begin.pass().startFromVotes(index -> begin.number() == 0 ? 1 : factors[index]);
            model.maximise(begin.pass().counts(), begin.pass().truths());
        });
    }

    /// @param pass may be used to find the first parameters
    record Begin(int number, ExpectationPass pass) {}

    static <M extends AnnotatorModel> Consensus best(
            Labels labels, int starts, Em em, Supplier<M> models, BiConsumer<M, Begin> begin) {
        Optional<String> refusal = Overlap.refusal(labels);
        if (refusal.isPresent()) {
            return new Consensus.Undefined(refusal.get());
        }
        ExpectationPass pass = new ExpectationPass(labels);
        Consensus.Reached best = reached(labels, pass, 0, em, models, begin);
        for (int start = 1; start < starts; start++) {
            Consensus.Reached next = reached(labels, pass, start, em, models, begin);
            if (next.end().objective() > best.end().objective()) {
                best = next;
            }
        }
        return best;
    }

    private static <M extends AnnotatorModel> Consensus.Reached reached(
            Labels labels, ExpectationPass pass, int start, Em em, Supplier<M> models, BiConsumer<M, Begin> begin) {
        M model = models.get();
        begin.accept(model, new Begin(start, pass));
        Em.End end = em.run(model, pass);
        return new Consensus.Reached(labels, model, pass.posterior().clone(), pass.logLikelihood(), end);
    }
}
