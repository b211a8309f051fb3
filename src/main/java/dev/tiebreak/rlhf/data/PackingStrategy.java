package dev.tiebreak.rlhf.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How documents are put together into packs of at most so many tokens; TRL's `packing_strategy`, and the same packs as
/// TRL makes of the same documents.
public enum PackingStrategy {
    /// Whole documents, the longest first, each into the pack it fills best; what is too long is cut.
    BFD("bfd"),
    /// The same, but what is too long goes on in documents of its own.
    BFD_SPLIT("bfd_split"),
    /// One text cut into equal pieces, wherever documents end in it.
    WRAPPED("wrapped");

    private final String setting;

    PackingStrategy(String setting) {
        this.setting = setting;
    }

    /// Its name among the settings.
    public String setting() {
        return setting;
    }

    public static String[] settings() {
        return Arrays.stream(values()).map(PackingStrategy::setting).toArray(String[]::new);
    }

    /// @param setting one of [#settings]
    public static PackingStrategy named(String setting) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.setting.equals(setting))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no packing strategy is called " + setting));
    }

    /// Whether a document longer than a pack loses its end.
    public boolean cuts() {
        return this == BFD;
    }

    /// @param documents none of them empty
    /// @param length    tokens that a pack holds at most
    public List<Pack> pack(List<TextExample> documents, int length) {
        return switch (this) {
            case BFD ->
                BestFit.pack(
                        documents.stream()
                                .map(document -> pieces(document, length).getFirst())
                                .toList(),
                        length);
            case BFD_SPLIT ->
                BestFit.pack(
                        documents.stream()
                                .flatMap(document -> pieces(document, length).stream())
                                .toList(),
                        length);
            case WRAPPED ->
                pieces(joined(documents), length).stream().map(Pack::of).toList();
        };
    }

    private static List<TextExample> pieces(TextExample document, int length) {
        if (document.length() <= length) {
            return List.of(document);
        }
        int[] tokens = document.tokens();
        boolean[] marks = document.marks();
        return IntStream.iterate(0, begin -> begin < tokens.length, begin -> begin + length)
                .mapToObj(begin -> piece(tokens, marks, begin, Math.min(tokens.length, begin + length)))
                .toList();
    }

    private static TextExample piece(int[] tokens, boolean[] marks, int begin, int end) {
        return new TextExample(
                new int[0], Arrays.copyOfRange(tokens, begin, end), Arrays.copyOfRange(marks, begin, end));
    }

    private static TextExample joined(List<TextExample> documents) {
        int[] tokens = new int
                [Math.toIntExact(
                        documents.stream().mapToLong(TextExample::length).sum())];
        boolean[] learnt = new boolean[tokens.length];
        int at = 0;
        for (TextExample document : documents) {
            System.arraycopy(document.tokens(), 0, tokens, at, document.length());
            System.arraycopy(document.marks(), 0, learnt, at, document.length());
            at += document.length();
        }
        return new TextExample(new int[0], tokens, learnt);
    }
}
