package dev.tiebreak.studio.rubric;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads every rubric file of a folder, in the order of their names.
final class RubricFolder {

    /// What a reading of the folder found: the sound files, and what to mend in the others.
    record Contents(List<SoundFile> sound, List<RubricProblem> problems) {}

    record SoundFile(RubricSheet sheet, RubricText text) {}

    private final List<SoundFile> sound = new ArrayList<>();
    private final List<RubricProblem> problems = new ArrayList<>();
    private final Map<RubricKey, String> fileOfKey = new HashMap<>();

    private RubricFolder() {}

    static Contents read(Path folder) {
        RubricFolder reading = new RubricFolder();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().matches(".+\\.ya?ml"))
                    .sorted()
                    .forEach(reading::file);
        } catch (IOException e) {
            reading.problems.add(new RubricProblem(folder.toString(), 1, "the folder of rubrics cannot be read"));
        }
        return new Contents(List.copyOf(reading.sound), List.copyOf(reading.problems));
    }

    private void file(Path path) {
        String name = path.getFileName().toString();
        try {
            RubricText text = RubricText.decode(Files.readAllBytes(path));
            switch (RubricReader.read(name, text.source())) {
                case RubricReader.Reading.Broken(var broken) -> problems.addAll(broken);
                case RubricReader.Reading.Sound(var sheet) -> accept(name, sheet, text);
            }
        } catch (CharacterCodingException e) {
            problems.add(new RubricProblem(name, 1, "is not UTF-8 text"));
        } catch (IOException e) {
            problems.add(new RubricProblem(name, 1, "cannot be read"));
        }
    }

    private void accept(String name, RubricSheet sheet, RubricText text) {
        String other = fileOfKey.putIfAbsent(sheet.key(), name);
        if (other == null) {
            sound.add(new SoundFile(sheet, text));
        } else {
            problems.add(new RubricProblem(name, 1, "key '%s' belongs to %s already".formatted(sheet.key(), other)));
        }
    }
}
