package dev.tiebreak.cli.statistics;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.agreement.AnalyticCoefficient;
import dev.tiebreak.statistics.agreement.CategoryCounts;
import dev.tiebreak.statistics.agreement.ItemBootstrap;
import java.util.List;

/// How intervals of measures are made that need only counts; other measures have their formulas.
sealed interface Intervals {
    double confidence();

    List<Estimate> of(CategoryCounts counts, List<AnalyticCoefficient> coefficients);

    record ByFormula(double confidence) implements Intervals {
        @Override
        public List<Estimate> of(CategoryCounts counts, List<AnalyticCoefficient> coefficients) {
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
        public List<Estimate> of(CategoryCounts counts, List<AnalyticCoefficient> coefficients) {
            return bootstrap.of(counts, coefficients);
        }
    }
}
