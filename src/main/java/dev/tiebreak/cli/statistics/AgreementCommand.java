package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.CommandException;
import dev.tiebreak.cli.ProgressBar;
import dev.tiebreak.statistics.agreement.AnnotatorJackknife;
import dev.tiebreak.statistics.agreement.ItemBootstrap;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// How far the annotators of a file agree, by every measure that applies to its labels.
@Command(
        name = "agreement",
        description = "Measures how far annotators agree: every measure that applies, with intervals, by category, by"
                + " annotator, and annotator by annotator. Reads CSV or JSONL, gzipped or not, a row a label.")
public final class AgreementCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "CSV with a heading, or one JSON object a line; may be gzipped.")
    Path file = Path.of("");

    @Option(names = "--item", required = true, paramLabel = "COLUMN", description = "What was labelled.")
    String item = "";

    @Option(names = "--annotator", required = true, paramLabel = "COLUMN", description = "Who labelled it.")
    String annotator = "";

    @Option(names = "--label", required = true, paramLabel = "COLUMN", description = "The label.")
    String label = "";

    @Option(
            names = "--level",
            defaultValue = "nominal",
            description = "What labels can bear: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Level level = Level.NOMINAL;

    @Option(
            names = "--scale",
            split = ",",
            paramLabel = "LOW,…,HIGH",
            description = "All levels there are, the lowest first, those included that nobody chose. Without it they"
                    + " are those that occur.")
    List<String> scale = List.of();

    @Option(
            names = "--draws",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Draws of the item bootstrap; 0 for intervals by formula alone (default: ${DEFAULT-VALUE}).")
    int draws;

    @Option(
            names = "--clusters",
            defaultValue = "items",
            description = "What is a random sample: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). Over"
                    + " annotators, intervals of measures of counts say what other people would have agreed on these"
                    + " items; those of Conger's κ, of pairs and of categories stay over items.")
    Clusters clusters = Clusters.ITEMS;

    @Option(names = "--seed", defaultValue = "1", description = "Of the bootstrap (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--confidence", defaultValue = "0.95", description = "Of intervals (default: ${DEFAULT-VALUE}).")
    double confidence;

    @Option(
            names = "--complete-items",
            description = "For measures that need every annotator's label of every item (ICC, Kendall's W): leave out"
                    + " the items that lack one.")
    boolean completeItems;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    enum Clusters {
        ITEMS,
        ANNOTATORS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        Intervals intervals = intervals();
        LabelTable table = LabelTable.read(
                new TableFile(file, ProgressBar.onTerminal()),
                List.of(item, annotator, label),
                new ScaleChoice(level, scale));
        AgreementSummary summary = AgreementSummary.of(table, intervals, completeItems);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(json ? AgreementJson.of(summary) + "\n" : AgreementText.of(summary));
        out.flush();
        return 0;
    }

    private Intervals intervals() {
        if (!(confidence > 0 && confidence < 1)) {
            throw new CommandException("--confidence lies between 0 and 1, got " + confidence);
        }
        if (clusters == Clusters.ANNOTATORS) {
            return new Intervals.ByAnnotator(new AnnotatorJackknife(confidence));
        }
        if (draws == 0) {
            return new Intervals.ByFormula(confidence);
        }
        if (draws < 100) {
            throw new CommandException("--draws is 0, or 100 or more, got " + draws);
        }
        return new Intervals.Bootstrap(new ItemBootstrap(draws, seed, confidence));
    }
}
