package dev.tiebreak.studio.dataset;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a file holds. Formats with prompts come before those with votes, which refer to them.
public enum ImportFormat {
    LLMFAO_PAIRS("llmfao-pairs", "LLMFAO pairs: a prompt with the results of two models"),
    SAMPLE_PROMPTS("sample-prompts", "Tiebreak prompts with completions"),
    TRL_PREFERENCE("trl-preference", "TRL preference rows: chosen and rejected, with or without a prompt"),
    SHAREGPT_PREFERENCE("sharegpt-preference", "ShareGPT preference rows: conversations with chosen and rejected"),
    HH_RLHF("hh-rlhf", "HH-RLHF transcripts"),
    CSV("csv", "CSV with named columns"),
    LLMFAO_VOTES("llmfao-votes", "LLMFAO votes on pairs"),
    SAMPLE_VOTES("sample-votes", "Tiebreak votes on completions");

    private final String name;
    private final String description;

    ImportFormat(String name, String description) {
        this.name = name;
        this.description = description;
    }

    /// Whether its rows have named columns; those of the others are JSON.
    public boolean hasColumns() {
        return this == CSV || this == LLMFAO_VOTES;
    }

    /// As the command line names it.
    public String commandName() {
        return name;
    }

    public String description() {
        return description;
    }

    public static Optional<ImportFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name.equals(name))
                .findFirst();
    }

    public static String names() {
        return Arrays.stream(values()).map(ImportFormat::commandName).collect(Collectors.joining(", "));
    }
}
