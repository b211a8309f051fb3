package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.data.TokenCounts;
import dev.tiebreak.rlhf.trainer.CompletionScore;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Means over a file's rows, and how often the model prefers what the file does. A tie is no agreement, as in training.
final class LogProbSummary {
    private final Optional<Double> beta;
    private final Map<String, double[]> means = new LinkedHashMap<>();
    private int pairs;
    private int singles;

    /// @param beta of the implicit rewards, where there is a reference
    LogProbSummary(Optional<Double> beta) {
        this.beta = beta;
    }

    void pair(LogProbs chosen, LogProbs rejected) {
        pairs++;
        CompletionScore better = chosen.score();
        CompletionScore worse = rejected.score();
        add("logps/chosen", better.sum());
        add("logps/rejected", worse.sum());
        compare("logps/accuracies", "logps/margins", better.sum(), worse.sum());
        compare("mean_logps/accuracies", "mean_logps/margins", better.mean(), worse.mean());
        if (beta.isPresent()) {
            add("rewards/chosen", chosen.reward());
            add("rewards/rejected", rejected.reward());
            compare("rewards/accuracies", "rewards/margins", chosen.reward(), rejected.reward());
        }
    }

    void single(LogProbs completion) {
        singles++;
        add("logps", completion.score().sum());
        add("mean_logps", completion.score().sum(), completion.score().tokens());
        if (beta.isPresent()) {
            add("rewards", completion.reward());
        }
    }

    private void compare(String accuracies, String margins, double chosen, double rejected) {
        add(accuracies, chosen > rejected ? 1 : 0);
        add(margins, chosen - rejected);
    }

    private void add(String name, double value) {
        add(name, value, 1);
    }

    private void add(String name, double sum, double count) {
        double[] kept = means.computeIfAbsent(name, _ -> new double[2]);
        kept[0] += sum;
        kept[1] += count;
    }

    private double mean(String name) {
        double[] kept = means.getOrDefault(name, new double[2]);
        return kept[0] / kept[1];
    }

    JsonObject json(TokenCounts counts) {
        JsonObject json = new JsonObject();
        json.addProperty("rows", counts.rows());
        json.addProperty("scored", counts.kept());
        json.addProperty("cut", counts.cut());
        json.addProperty("too_long", counts.tooLong());
        json.addProperty("empty", counts.empty());
        beta.ifPresent(value -> json.addProperty("beta", value));
        if (pairs > 0) {
            json.addProperty("pairs", pairs);
        }
        means.keySet().forEach(name -> json.addProperty(name, mean(name)));
        return json;
    }

    String text(TokenCounts counts) {
        StringBuilder text = new StringBuilder(counts.kept() + " of " + counts.rows() + " rows scored");
        append(text, counts.tooLong(), "too long");
        append(text, counts.empty(), "empty");
        append(text, counts.cut(), "cut to length");
        if (singles > 0) {
            text.append(line("mean log-probability %.4f, per token %.4f", mean("logps"), mean("mean_logps")));
            beta.ifPresent(value -> text.append(line("mean reward %.4f at beta %s", mean("rewards"), value)));
        }
        if (pairs > 0) {
            text.append(line(
                    "mean log-probability: chosen %.4f, rejected %.4f", mean("logps/chosen"), mean("logps/rejected")));
            beta.ifPresent(value -> text.append(line(
                    "mean reward: chosen %.4f, rejected %.4f at beta %s",
                    mean("rewards/chosen"), mean("rewards/rejected"), value)));
            text.append(line("%-20s%12s%14s   (%d pairs)", "the chosen leads in", "accuracy", "mean margin", pairs));
            if (beta.isPresent()) {
                text.append(lead("reward", "rewards"));
            }
            text.append(lead("log-probability", "logps")).append(lead("the same per token", "mean_logps"));
        }
        return text.toString();
    }

    private String lead(String what, String name) {
        return line("%-20s%12.4f%14.4f", what, mean(name + "/accuracies"), mean(name + "/margins"));
    }

    private static void append(StringBuilder text, long rows, String what) {
        if (rows > 0) {
            text.append(", ").append(rows).append(' ').append(what);
        }
    }

    private static String line(String form, Object... values) {
        return "\n" + String.format(Locale.ROOT, form, values);
    }
}
