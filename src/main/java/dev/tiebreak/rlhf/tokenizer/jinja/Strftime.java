package dev.tiebreak.rlhf.tokenizer.jinja;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// `strftime_now`: Python's date formats, in English.
record Strftime(LocalDateTime now) implements Callable {
    @Override
    public String call(CallArguments arguments) {
        String format = Values.requireText(arguments.require(0, "format"));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%') {
                text.append(format.charAt(i));
                continue;
            }
            boolean unpadded = format.startsWith("-", i + 1);
            i += unpadded ? 2 : 1;
            String part = part(i < format.length() ? format.charAt(i) : ' ');
            text.append(unpadded ? part.replaceFirst("^0+(?=.)", "") : part);
        }
        return text.toString();
    }

    private String part(char directive) {
        return switch (directive) {
            case 'Y' -> formatted("yyyy");
            case 'y' -> formatted("yy");
            case 'm' -> formatted("MM");
            case 'B' -> formatted("MMMM");
            case 'b', 'h' -> formatted("MMM");
            case 'd' -> formatted("dd");
            case 'j' -> formatted("DDD");
            case 'A' -> formatted("EEEE");
            case 'a' -> formatted("EEE");
            case 'H' -> formatted("HH");
            case 'I' -> formatted("hh");
            case 'M' -> formatted("mm");
            case 'S' -> formatted("ss");
            case 'p' -> formatted("a");
            case '%' -> "%";
            default -> throw JinjaException.because("the date format '%" + directive + "' is not supported");
        };
    }

    private String formatted(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).format(now);
    }
}
