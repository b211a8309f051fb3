package dev.tiebreak.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Rows that are shown, counted from 1: `3`, `2-5`, `7-` or `all`.
record RowRange(long first, long last) {
    boolean holds(long row) {
        return first <= row && row <= last;
    }

    static final class Converter implements ITypeConverter<RowRange> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(-([0-9]{1,18})?)?");

        @Override
        public RowRange convert(String text) {
            if (text.equals("all")) {
                return new RowRange(1, Long.MAX_VALUE);
            }
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is not a row such as 3, rows such as 2-5 or 7-, or all");
            }
            long first = Long.parseLong(form.group(1));
            long last = form.group(2) == null
                    ? first
                    : form.group(3) == null ? Long.MAX_VALUE : Long.parseLong(form.group(3));
            if (first < 1 || last < first) {
                throw new TypeConversionException("'" + text + "' holds no row: rows are counted from 1");
            }
            return new RowRange(first, last);
        }
    }
}
