package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.CommandException;
import dev.tiebreak.cli.ProgressBar;
import dev.tiebreak.statistics.ranking.BradleyTerry;
import dev.tiebreak.statistics.ranking.Prior;
import dev.tiebreak.statistics.ranking.ScoreBoard;
import dev.tiebreak.statistics.ranking.TieModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Who wins, from the comparisons of a file.
@Command(
        name = "rank",
        description = "Ranks items by Bradley-Terry strengths from comparisons: scores and ranks with intervals, what"
                + " connects the items, and tests of ties and position. Reads CSV or JSONL, gzipped or not, a row a"
                + " comparison.")
public final class RankCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "CSV with a heading, or one JSON object a line; may be gzipped.")
    Path file = Path.of("");

    @Option(names = "--left", required = true, paramLabel = "COLUMN", description = "The item on the left.")
    String left = "";

    @Option(names = "--right", required = true, paramLabel = "COLUMN", description = "The item on the right.")
    String right = "";

    @Option(names = "--winner", required = true, paramLabel = "COLUMN", description = "Holds left, right or tie.")
    String winner = "";

    @Option(
            names = "--annotator",
            paramLabel = "COLUMN",
            description = "Who judged: standard errors then allow for people who judge alike throughout.")
    @Nullable
    String annotator;

    @Option(
            names = "--ties",
            defaultValue = "half",
            description =
                    "What a tie says: half (half a win each), davidson or rao-kupper (default:" + " ${DEFAULT-VALUE}).")
    String ties = "half";

    @Option(
            names = "--prior",
            defaultValue = "ghost:0.5",
            description = "What is believed before any comparison: ghost:N (N wins and N losses of each item against"
                    + " one ghost item), normal:L2 (L2 times the sum of squares is taken off), or none (maximum"
                    + " likelihood) (default: ${DEFAULT-VALUE}).")
    String prior = "";

    @Option(names = "--confidence", defaultValue = "0.95", description = "Of intervals (default: ${DEFAULT-VALUE}).")
    double confidence;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Override
    public Integer call() {
        BradleyTerry model = model();
        if (!(confidence > 0 && confidence < 1)) {
            throw new CommandException("--confidence lies between 0 and 1, got " + confidence);
        }
        ComparisonTable table = ComparisonTable.read(
                new TableFile(file, ProgressBar.onTerminal()),
                new ComparisonTable.Columns(left, right, winner, Optional.ofNullable(annotator)));
        ScoreBoard board = ScoreBoard.of(table.rows(), model, confidence);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(json ? RankJson.of(table, model, board) + "\n" : RankText.of(table, model, board));
        out.flush();
        return board instanceof ScoreBoard.Refused ? 2 : 0;
    }

    private BradleyTerry model() {
        TieModel tieModel = switch (ties.toLowerCase(Locale.ROOT)) {
            case "half" -> TieModel.HALF_WINS;
            case "davidson" -> TieModel.DAVIDSON;
            case "rao-kupper" -> TieModel.RAO_KUPPER;
            default -> throw new CommandException("--ties is half, davidson or rao-kupper, got '" + ties + "'");
        };
        return new BradleyTerry(tieModel, prior());
    }

    private Prior prior() {
        String[] parts = prior.split(":", 2);
        if (parts[0].equals("none") && parts.length == 1) {
            return Prior.none();
        }
        double amount = parts.length == 2 ? amount(parts[1]) : 0.5;
        return switch (parts[0]) {
            case "ghost" -> new Prior.Ghost(amount);
            case "normal" -> new Prior.Normal(amount);
            default -> throw notAPrior();
        };
    }

    private double amount(String text) {
        if (!Names.isNumber(text) || Double.parseDouble(text) <= 0) {
            throw notAPrior();
        }
        return Double.parseDouble(text);
    }

    private CommandException notAPrior() {
        return new CommandException("--prior is none, ghost:N or normal:L2 with a number above 0, got '" + prior + "'");
    }
}
