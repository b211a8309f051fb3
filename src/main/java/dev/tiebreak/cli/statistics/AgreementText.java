package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.statistics.AgreementSummary.Person;
import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.agreement.AnnotatorPairs.PairKappa;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `agreement` says, for people.
final class AgreementText {
    /// Wider matrices do not fit a terminal.
    private static final int WIDEST_MATRIX = 12;

    private static final int MOST_PEOPLE = 30;

    private AgreementText() {}

    static String of(AgreementSummary summary) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s by %s on %s, %,d of them with two labels or more%n%n",
                EstimateText.count(summary.labels(), "label"),
                EstimateText.count(summary.annotators().size(), "annotator"),
                EstimateText.count(summary.items(), "item"),
                summary.pairableItems()));
        text.append(measures(summary));
        if (!summary.categories().isEmpty()) {
            text.append('\n').append(categories(summary));
        }
        if (!summary.people().isEmpty()) {
            text.append('\n').append(people(summary));
        }
        if (!summary.pairs().isEmpty()) {
            text.append('\n').append(pairs(summary));
        }
        return text.toString();
    }

    private static String measures(AgreementSummary summary) {
        TextTable table = new TextTable("measure", "value", "interval");
        Set<String> methods = new LinkedHashSet<>();
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        summary.measures().values().forEach(measure -> {
            table.row(
                    measure.title(), EstimateText.value(measure.estimate()), EstimateText.interval(measure.estimate()));
            String reason = switch (measure.estimate()) {
                case Estimate.Defined defined -> {
                    methods.add(
                            String.format(Locale.ROOT, "%.0f %%: %s", 100 * defined.confidence(), defined.method()));
                    yield "";
                }
                case Estimate.WithoutInterval bare -> "no interval, " + bare.reason();
                case Estimate.Undefined undefined -> undefined.reason();
            };
            reasons.computeIfAbsent(reason, _ -> new ArrayList<>()).add(measure.title());
        });
        reasons.remove("");
        StringBuilder text = new StringBuilder(table.toString());
        methods.forEach(method -> text.append("intervals ").append(method).append('\n'));
        reasons.forEach((reason, titles) -> text.append(String.join("; ", titles))
                .append(": ")
                .append(reason)
                .append('\n'));
        return text.toString();
    }

    private static String categories(AgreementSummary summary) {
        TextTable table = new TextTable("category", "share", "α against the rest", "interval");
        summary.categories()
                .forEach(category -> table.row(
                        TextTable.name(category.name()),
                        String.format(Locale.ROOT, "%.1f %%", 100 * category.share()),
                        EstimateText.value(category.alpha()),
                        EstimateText.interval(category.alpha())));
        return table.toString();
    }

    private static String people(AgreementSummary summary) {
        TextTable table = new TextTable("annotator", "labels", "α without", "lifts α by");
        summary.people().stream()
                .sorted(Comparator.comparingDouble(
                        person -> person.influence().change().orElse(Double.MAX_VALUE)))
                .limit(MOST_PEOPLE)
                .forEach(person -> table.row(
                        TextTable.name(person.name()),
                        String.format(Locale.ROOT, "%,d", person.labels()),
                        EstimateText.value(person.influence().without()),
                        change(person)));
        int left = summary.people().size() - MOST_PEOPLE;
        return table + (left > 0 ? "and " + left + " more: --json has them all\n" : "");
    }

    private static String change(Person person) {
        return person.influence().change().isPresent()
                ? EstimateText.digits("%+.4f", person.influence().change().getAsDouble())
                : "–";
    }

    private static String pairs(AgreementSummary summary) {
        String measure = summary.scale().level() == Level.NOMINAL ? "Cohen's κ" : "quadratic κ";
        return summary.annotators().size() <= WIDEST_MATRIX
                ? measure + ", and how many items both labelled\n" + matrix(summary)
                : "annotators who agree least (" + measure + "; --json has all pairs)\n" + worst(summary);
    }

    private static String matrix(AgreementSummary summary) {
        List<String> names = summary.annotators().stream().map(TextTable::name).toList();
        Map<Long, PairKappa> known = new HashMap<>();
        summary.pairs().forEach(pair -> known.put((long) pair.first() << 32 | pair.second(), pair));
        List<String> heading = new ArrayList<>(List.of(""));
        heading.addAll(names);
        TextTable table = new TextTable(heading.toArray(String[]::new));
        for (int row = 0; row < names.size(); row++) {
            List<String> cells = new ArrayList<>(List.of(names.get(row)));
            for (int column = 0; column < names.size(); column++) {
                PairKappa pair = known.get((long) Math.min(row, column) << 32 | Math.max(row, column));
                cells.add(cell(pair, column > row));
            }
            table.row(cells);
        }
        return table.toString();
    }

    /// κ above the diagonal, items below it.
    private static String cell(@Nullable PairKappa pair, boolean above) {
        if (pair == null) {
            return "";
        }
        return above
                ? EstimateText.digits("%.2f", pair.kappa().point())
                : String.format(Locale.ROOT, "%,d", pair.items());
    }

    private static String worst(AgreementSummary summary) {
        TextTable table = new TextTable("annotators", "items", "κ", "interval");
        summary.pairs().stream()
                .filter(pair -> pair.kappa() instanceof Estimate.Defined)
                .sorted(Comparator.comparingDouble(pair -> pair.kappa().point().orElseThrow()))
                .limit(WIDEST_MATRIX)
                .forEach(pair -> table.row(
                        TextTable.name(summary.annotators().get(pair.first())) + " and "
                                + TextTable.name(summary.annotators().get(pair.second())),
                        String.format(Locale.ROOT, "%,d", pair.items()),
                        EstimateText.value(pair.kappa()),
                        EstimateText.interval(pair.kappa())));
        return table.toString();
    }
}
