package dev.tiebreak.cli.statistics;

import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.agreement.AnalyticCoefficient;
import dev.tiebreak.statistics.agreement.CategoryCounts;
import dev.tiebreak.statistics.agreement.FleissKappa;
import dev.tiebreak.statistics.agreement.GwetAc;
import dev.tiebreak.statistics.agreement.ItemBootstrap;
import dev.tiebreak.statistics.agreement.KrippendorffAlpha;
import dev.tiebreak.statistics.ranking.BradleyTerry;
import dev.tiebreak.statistics.ranking.BradleyTerryFit;
import dev.tiebreak.statistics.ranking.Outcome;
import dev.tiebreak.statistics.ranking.PairCounts;
import dev.tiebreak.statistics.ranking.Ranking;
import dev.tiebreak.statistics.ranking.TieModel;
import dev.tiebreak.statistics.reliability.DawidSkene;
import dev.tiebreak.statistics.reliability.Em;
import dev.tiebreak.statistics.reliability.Mace;
import dev.tiebreak.statistics.reliability.OneCoin;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// What `bench statistics` measures: data are made first, outside the time.
enum StatisticsWork {
    AGREEMENT("α, AC1 and Fleiss' κ of 10⁶ items × 5 labels, from an array of counts") {
        @Override
        Supplier<Object> prepared() {
            int[][] counts = BenchmarkData.counts(1_000_000);
            return () -> {
                CategoryCounts grouped = grouped(counts);
                return COEFFICIENTS.stream().map(each -> each.of(grouped)).toList();
            };
        }
    },
    AGREEMENT_BOOTSTRAP("the same with 1,000 item bootstraps of each") {
        @Override
        Supplier<Object> prepared() {
            int[][] counts = BenchmarkData.counts(1_000_000);
            return () -> new ItemBootstrap(1_000, 1, 0.95).of(grouped(counts), COEFFICIENTS);
        }
    },
    BRADLEY_TERRY_1000("Bradley-Terry of 1,000 items, 2·10⁶ comparisons, from rows; ties half") {
        @Override
        Supplier<Object> prepared() {
            int[][] rows = BenchmarkData.comparisons(1_000, 2_000_000, 0.1);
            return () -> fit(BradleyTerry.maximumLikelihood(), counted(1_000, rows));
        }
    },
    BRADLEY_TERRY_1000_ERRORS("the same with standard errors") {
        @Override
        Supplier<Object> prepared() {
            int[][] rows = BenchmarkData.comparisons(1_000, 2_000_000, 0.1);
            return () -> fit(BradleyTerry.maximumLikelihood(), counted(1_000, rows))
                    .covariance()
                    .orElseThrow()
                    .standardErrorsMeanZero();
        }
    },
    BRADLEY_TERRY_TIES_1000("the same with Davidson's ties, without standard errors") {
        @Override
        Supplier<Object> prepared() {
            int[][] rows = BenchmarkData.comparisons(1_000, 2_000_000, 0.1);
            return () -> fit(BradleyTerry.maximumLikelihood().withTies(TieModel.DAVIDSON), counted(1_000, rows));
        }
    },
    BRADLEY_TERRY_100000("Bradley-Terry of 10⁵ items, 10⁷ pairs of 10 comparisons, from pairs") {
        @Override
        Supplier<Object> prepared() {
            PairCounts pairs = BenchmarkData.pairs(100_000, 10_000_000, 10);
            return () -> fit(BradleyTerry.maximumAPosteriori(), pairs);
        }
    },
    DAWID_SKENE("Dawid-Skene, 20 steps, 5·10⁵ labels of 10⁵ items by 500 annotators, 4 classes") {
        @Override
        Supplier<Object> prepared() {
            Labels labels = labels();
            return () -> new DawidSkene(0.01, 1, 1, TWENTY_STEPS).of(labels);
        }
    },
    ONE_COIN("one coin, the same labels and steps") {
        @Override
        Supplier<Object> prepared() {
            Labels labels = labels();
            return () -> new OneCoin(0.01, 1, 1, TWENTY_STEPS).of(labels);
        }
    },
    MACE("MACE, variational, the same labels and steps, one start") {
        @Override
        Supplier<Object> prepared() {
            Labels labels = labels();
            return () -> new Mace(Mace.Prior.VARIATIONAL, 1, 1, TWENTY_STEPS).of(labels);
        }
    };

    private static final List<AnalyticCoefficient> COEFFICIENTS =
            List.of(KrippendorffAlpha.nominal(), GwetAc.ac1(), FleissKappa.unweighted());
    private static final Em TWENTY_STEPS = new Em(20, 0);

    private final String title;

    StatisticsWork(String title) {
        this.title = title;
    }

    /// What a person reads.
    String title() {
        return title;
    }

    /// What an option and a peer's script call it.
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Makes the data; the work is done at every call of what comes back.
    abstract Supplier<Object> prepared();

    private static CategoryCounts grouped(int[][] counts) {
        CategoryCounts.Builder builder = CategoryCounts.builder(5);
        for (int[] item : counts) {
            builder.add(item);
        }
        return builder.build();
    }

    private static PairCounts counted(int items, int[][] rows) {
        PairCounts.Builder counts = PairCounts.builder(items);
        for (int[] row : rows) {
            counts.add(row[0], row[1], OUTCOMES[row[2]]);
        }
        return counts.build();
    }

    private static final Outcome[] OUTCOMES = Outcome.values();

    private static BradleyTerryFit fit(BradleyTerry model, PairCounts counts) {
        return switch (model.of(counts)) {
            case BradleyTerryFit fit -> fit;
            case Ranking.NotEstimable(String reason, var _) -> throw new IllegalStateException(reason);
        };
    }

    private static Labels labels() {
        Labels.Builder labels = Labels.builder(4);
        for (int[] row : BenchmarkData.labels(100_000, 500)) {
            labels.add(row[0], row[1], row[2]);
        }
        return labels.build();
    }
}
