package dev.tiebreak.studio.preference;

import java.util.Arrays;
import java.util.Optional;

/// The files of a dataset version.
public enum DatasetFile {
    TRAIN_JSONL("train.jsonl", "application/jsonl"),
    TEST_JSONL("test.jsonl", "application/jsonl"),
    TRAIN_CSV("train.csv", "text/csv"),
    TEST_CSV("test.csv", "text/csv"),
    ANNOTATIONS("annotations.jsonl", "application/jsonl"),
    MANIFEST("manifest.json", "application/json");

    private final String fileName;
    private final String mediaType;

    DatasetFile(String fileName, String mediaType) {
        this.fileName = fileName;
        this.mediaType = mediaType;
    }

    public String fileName() {
        return fileName;
    }

    public String mediaType() {
        return mediaType;
    }

    public static Optional<DatasetFile> named(String fileName) {
        return Arrays.stream(values())
                .filter(file -> file.fileName.equals(fileName))
                .findFirst();
    }
}
