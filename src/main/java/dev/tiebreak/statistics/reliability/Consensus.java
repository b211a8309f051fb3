package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a model of annotators makes of their labels: a truth for each item and a competence for each annotator.
public sealed interface Consensus {

    /// @param reason why the labels allow none, as a person can act on it
    record Undefined(String reason) implements Consensus {}

    /// The end of EM.
    final class Reached implements Consensus {
        private final Labels labels;
        private final AnnotatorModel model;
        private final double[] posterior;
        private final double logLikelihood;
        private final Em.End end;

        Reached(Labels labels, AnnotatorModel model, double[] posterior, double logLikelihood, Em.End end) {
            this.labels = labels;
            this.model = model;
            this.posterior = posterior;
            this.logLikelihood = logLikelihood;
            this.end = end;
        }

        Em.End end() {
            return end;
        }

        Labels labels() {
            return labels;
        }

        AnnotatorModel model() {
            return model;
        }

        /// `log P(labels)` in nats, without what a prior adds.
        public double logLikelihood() {
            return logLikelihood;
        }

        /// Steps of EM that were taken.
        public int steps() {
            return end.steps();
        }

        /// Whether EM stood still before it ran out of steps.
        public boolean converged() {
            return end.converged();
        }

        /// How likely each category is beforehand.
        public double[] classPrior() {
            return model.classPrior().clone();
        }

        /// The probability that this category is the item's truth; the class prior for an item without labels.
        public double posterior(int item, int category) {
            return posterior[item * labels.categories() + category];
        }

        public double[] posterior(int item) {
            return Arrays.copyOfRange(posterior, item * labels.categories(), (item + 1) * labels.categories());
        }

        /// The most probable category; the lowest of those that are equally probable.
        public int mostProbable(int item) {
            int best = 0;
            for (int category = 1; category < labels.categories(); category++) {
                if (posterior(item, category) > posterior(item, best)) {
                    best = category;
                }
            }
            return best;
        }

        /// How far the most probable category leads the next, 0 to 1: low on items to adjudicate.
        public double margin(int item) {
            double[] ascending = posterior(item);
            Arrays.sort(ascending);
            int last = ascending.length - 1;
            return last == 0 ? 1 : ascending[last] - ascending[last - 1];
        }

        /// `P(label | truth)`, a row for each truth, a column for each label; rows sum to 1 (under variational
        /// Bayes to less). Equal shares for a truth that this annotator never met, unless the model knows
        /// better.
        public double[][] confusion(int annotator) {
            int categories = labels.categories();
            double[][] confusion = new double[categories][categories];
            for (int truth = 0; truth < categories; truth++) {
                for (int label = 0; label < categories; label++) {
                    confusion[truth][label] =
                            model.probabilities()[(annotator * categories + label) * categories + truth];
                }
            }
            return confusion;
        }

        /// The competence of each annotator, as its model defines it, between 0 and 1, with an interval.
        ///
        /// Standard errors from the observed information ([Competences]); limits on the scale of the log-odds.
        /// Undefined for who has no labels; without an interval at 0 and 1, where log-odds end.
        ///
        /// @param confidence between 0 and 1
        public List<Estimate> competences(double confidence) {
            return new Competences(this, confidence).all();
        }

        /// What a person should know before trusting the numbers; mostly nothing.
        public List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            int groups = 1 + Arrays.stream(Overlap.groups(labels)).max().orElse(0);
            if (groups > 1) {
                warnings.add("annotators fall into " + groups + " groups that share no item: competences compare within"
                        + " a group only; let some items be labelled by members of all");
            }
            if (!end.converged()) {
                warnings.add("not converged after %,d steps: allow more".formatted(end.steps()));
            }
            return List.copyOf(warnings);
        }
    }
}
