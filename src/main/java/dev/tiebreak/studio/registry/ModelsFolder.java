package dev.tiebreak.studio.registry;

import dev.tiebreak.rlhf.WrittenAside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// `<tiebreak.data>/models`: one folder a model that was not trained here, called as the model is. What begins with a
/// dot is not finished.
@Component
class ModelsFolder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    private final Path root;

    ModelsFolder(@Value("${tiebreak.data}") Path data) {
        this.root = data.toAbsolutePath().normalize().resolve("models");
    }

    Path root() {
        return root;
    }

    Path created() throws IOException {
        return Files.createDirectories(root);
    }

    /// @throws InvalidModelException when the name cannot be a folder's, or is taken
    void requireFree(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidModelException(
                    "A model's name has 1 to 80 letters, digits, dots, hyphens and underscores, and begins with a letter"
                            + " or digit.");
        }
        if (Files.exists(root.resolve(name))) {
            throw taken(name);
        }
    }

    List<Path> models() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .filter(folder -> !isUnfinished(folder))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts a finished folder in its place; a model that is there is never replaced.
    ///
    /// @throws InvalidModelException when the name was taken meanwhile
    Path putInPlace(Path finished, String name) throws IOException {
        Path place = root.resolve(name);
        try {
            return Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
            throw taken(name);
        }
    }

    /// Copies a model here, unless one of the name is there.
    void copyOnce(Path model, String name) throws IOException {
        Path place = root.resolve(name);
        if (Files.exists(place)) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(model)) {
            entries.filter(Files::isRegularFile).forEach(files::add);
        }
        created();
        WrittenAside.writeFolder(place, folder -> {
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        });
    }

    /// Removes what a process left that ended in the middle of an upload.
    void deleteUnfinished() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        List<Path> unfinished;
        try (Stream<Path> entries = Files.list(root)) {
            unfinished = entries.filter(ModelsFolder::isUnfinished).toList();
        }
        for (Path each : unfinished) {
            WrittenAside.deleteFolder(each);
        }
    }

    private static boolean isUnfinished(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }

    private static InvalidModelException taken(String name) {
        return new InvalidModelException("There is a model called '" + name + "' already: choose another name.");
    }
}
