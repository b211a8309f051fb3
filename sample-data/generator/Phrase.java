package generator;

import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/// Turns a template into a sentence: `[x|y]` picks one, `{column}` is filled in, sentences begin with a capital letter.
final class Phrase {
    private static final Pattern CHOICE = Pattern.compile("\\[([^\\[\\]]*)]");
    private static final Pattern CELL = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern SENTENCE = Pattern.compile("(^|[.!?]\"? |\")([a-z])");
    private static final Pattern ARTICLE = Pattern.compile("\\b([Aa]) (?=[aeiouAEIOU])");

    private Phrase() {}

    static String fill(String template, Map<String, String> row, Random random) {
        String chosen = CHOICE.matcher(template).replaceAll(match -> {
            String[] options = match.group(1).split("\\|", -1);
            return options[random.nextInt(options.length)];
        });
        String filled = CELL.matcher(chosen).replaceAll(match -> {
            String cell = row.get(match.group(1));
            if (cell == null) {
                throw new IllegalArgumentException("no column {" + match.group(1) + "} for: " + template);
            }
            return cell;
        });
        String spaced = filled.replaceAll(" +", " ").strip();
        String articles = ARTICLE.matcher(spaced).replaceAll("$1n ");
        return SENTENCE.matcher(articles).replaceAll(match -> match.group(1) + match.group(2).toUpperCase());
    }
}
