package dev.tiebreak.cli.statistics;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.agreement.AnalyticCoefficient;
import dev.tiebreak.statistics.agreement.AnnotatorJackknife;
import dev.tiebreak.statistics.agreement.CategoryCounts;
import dev.tiebreak.statistics.agreement.ItemBootstrap;
import java.util.List;

/// How intervals of measures are made that need only counts; other measures have their formulas.
sealed interface Intervals {
    double confidence();

    /// @param counts of the labels
    List<Estimate> of(Labels labels, CategoryCounts counts, List<AnalyticCoefficient> coefficients);

    record ByFormula(double confidence) implements Intervals {
        @Override
        public List<Estimate> of(Labels labels, CategoryCounts counts, List<AnalyticCoefficient> coefficients) {
            return coefficients.stream()
                    .map(coefficient -> coefficient.of(counts, confidence))
                    .toList();
        }
    }

    record Bootstrap(ItemBootstrap bootstrap) implements Intervals {
        @Override
        public double confidence() {
            return bootstrap.confidence();
        }

        @Override
        public List<Estimate> of(Labels labels, CategoryCounts counts, List<AnalyticCoefficient> coefficients) {
            return bootstrap.of(counts, coefficients);
        }
    }

    record ByAnnotator(AnnotatorJackknife jackknife) implements Intervals {
        @Override
        public double confidence() {
            return jackknife.confidence();
        }

        @Override
        public List<Estimate> of(Labels labels, CategoryCounts counts, List<AnalyticCoefficient> coefficients) {
            return jackknife.of(labels, coefficients);
        }
    }
}
