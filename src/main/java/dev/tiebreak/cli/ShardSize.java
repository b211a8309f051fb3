package dev.tiebreak.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Bytes, written as transformers takes them: `200MB` or `5GB`, in powers of ten.
record ShardSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(KB|MB|GB)");

    static final class Converter implements ITypeConverter<ShardSize> {
        @Override
        public ShardSize convert(String text) {
            Matcher size = FORM.matcher(text.toUpperCase(Locale.ROOT));
            if (!size.matches()) {
                throw new TypeConversionException("'" + text + "' is no size such as 200MB or 5GB");
            }
            long unit = switch (size.group(2)) {
                case "KB" -> 1_000;
                case "MB" -> 1_000_000;
                default -> 1_000_000_000;
            };
            return new ShardSize(unit * Long.parseLong(size.group(1)));
        }
    }
}
