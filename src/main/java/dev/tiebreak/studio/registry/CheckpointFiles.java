package dev.tiebreak.studio.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Service;

/// The files of checkpoints, as transformers loads them: configuration, weights and tokenizer, no training state.
@Service
public class CheckpointFiles {
    private static final Pattern MODEL_FILE = Pattern.compile("config\\.json|generation_config\\.json"
            + "|[A-Za-z0-9._-]+\\.safetensors|model\\.safetensors\\.index\\.json|tokenizer\\.json|tokenizer_config\\.json"
            + "|special_tokens_map\\.json|chat_template\\.jinja|added_tokens\\.json|vocab\\.json|merges\\.txt"
            + "|tokenizer\\.model");
    private static final String CARD = "README.md";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0); // the same bytes every time

    private final ModelCards cards;

    CheckpointFiles(ModelCards cards) {
        this.cards = cards;
    }

    /// By name; empty where the folder is gone.
    public List<CheckpointFile> of(Checkpoint checkpoint) {
        return paths(checkpoint).stream()
                .map(file -> new CheckpointFile(file.getFileName().toString(), size(file)))
                .toList();
    }

    public long bytes(Checkpoint checkpoint) {
        return of(checkpoint).stream().mapToLong(CheckpointFile::bytes).sum();
    }

    /// Writes a zip of one folder with the model's files and its card as `README.md`.
    public void writeZip(Checkpoint checkpoint, OutputStream out) throws IOException {
        String folder = folderName(checkpoint) + "/";
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED); // weights hardly shrink
            entry(zip, folder + CARD);
            zip.write(card(checkpoint).getBytes(StandardCharsets.UTF_8));
            for (Path file : paths(checkpoint)) {
                entry(zip, folder + file.getFileName());
                Files.copy(file, zip);
            }
            zip.closeEntry();
        }
    }

    /// A model that was brought keeps the card it came with.
    private String card(Checkpoint checkpoint) throws IOException {
        Path own = checkpoint.folder().resolve(CARD);
        return Files.isRegularFile(own) ? Files.readString(own) : cards.readme(checkpoint);
    }

    /// The checkpoint's name as a folder may be called anywhere.
    public String folderName(Checkpoint checkpoint) {
        String plain = checkpoint.name().replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        return plain.isEmpty() ? "model" : plain;
    }

    private static void entry(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    private static List<Path> paths(Checkpoint checkpoint) {
        if (!Files.isDirectory(checkpoint.folder())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(checkpoint.folder())) {
            return entries.filter(Files::isRegularFile)
                    .filter(file ->
                            MODEL_FILE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
