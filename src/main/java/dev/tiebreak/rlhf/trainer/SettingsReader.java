package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.WrongInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Reads settings from their texts, and knows at the end which names it was never asked for.
///
/// Every method throws [WrongInputException] naming the setting and what it may be.
final class SettingsReader {
    private final TrainingMethod method;
    private final Map<String, String> values;
    private final TreeSet<String> names = new TreeSet<>();

    SettingsReader(TrainingMethod method, Map<String, String> values) {
        this.method = method;
        this.values = values;
    }

    double real(String name, double absent, double least, double most) {
        names.add(name);
        return values.containsKey(name) ? real(name, text(name), least, most) : absent;
    }

    private static double real(String name, String text, double least, double most) {
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new WrongInputException(
                "setting %s must be a number from %s to %s, is '%s'".formatted(name, least, most, text));
    }

    /// Numbers between commas.
    List<Double> reals(String name, List<Double> absent, double least, double most) {
        names.add(name);
        if (!values.containsKey(name)) {
            return absent;
        }
        return Arrays.stream(text(name).split(","))
                .map(one -> real(name, one.strip(), least, most))
                .toList();
    }

    int whole(String name, int absent, int least, int most) {
        names.add(name);
        if (!values.containsKey(name)) {
            return absent;
        }
        try {
            int value = Integer.parseInt(text(name));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new WrongInputException(
                "setting %s must be a whole number from %d to %d, is '%s'".formatted(name, least, most, text(name)));
    }

    boolean truth(String name, boolean absent) {
        return oneOf(name, "" + absent, "true", "false").equals("true");
    }

    String oneOf(String name, String absent, String... allowed) {
        names.add(name);
        return checked(name, values.getOrDefault(name, absent).strip(), List.of(allowed));
    }

    /// Words between commas.
    List<String> someOf(String name, String absent, List<String> allowed) {
        names.add(name);
        List<String> words = new ArrayList<>();
        for (String word : values.getOrDefault(name, absent).split(",")) {
            words.add(checked(name, word.strip(), allowed));
        }
        return List.copyOf(words);
    }

    /// Any words between commas.
    List<String> words(String name, String absent) {
        names.add(name);
        List<String> words = Arrays.stream(values.getOrDefault(name, absent).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            throw new WrongInputException("setting " + name + " must hold names between commas, is empty");
        }
        return words;
    }

    boolean isGiven(String name) {
        return values.containsKey(name);
    }

    private static String checked(String name, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw new WrongInputException(
                    "setting %s must be one of %s, is '%s'".formatted(name, String.join(", ", allowed), value));
        }
        return value;
    }

    void refuseUnknown() {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new WrongInputException("there is no setting '" + name + "' of " + method.command()
                        + "; known are " + String.join(", ", names));
            }
        }
    }

    private String text(String name) {
        return values.getOrDefault(name, "").strip();
    }
}
