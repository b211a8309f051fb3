package dev.tiebreak.studio.dataset.format;

/// Limits of what the database keeps.
final class Texts {
    static final int LONGEST = 1_000_000;
    private static final int LONGEST_NAME = 300;

    private Texts() {}

    static String checked(String column, String text) {
        if (text.length() > LONGEST) {
            throw new BadRowException(column, "is longer than 1,000,000 characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw new BadRowException(column, "holds a NUL character, which PostgreSQL cannot keep");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    throw new BadRowException(column, "holds half of a surrogate pair, which is no character");
                }
            }
        }
        return text;
    }

    static String name(String column, String text) {
        String name = checked(column, text).strip();
        if (name.isEmpty()) {
            throw new BadRowException(column, "is empty");
        }
        if (name.length() > LONGEST_NAME) {
            throw new BadRowException(column, "is longer than " + LONGEST_NAME + " characters");
        }
        return name;
    }

    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
