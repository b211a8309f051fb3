package dev.tiebreak.studio.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A zip of a Hugging Face folder, unpacked with suspicion: of the folder with `config.json` the files that a model is
/// made of, each under its plain name, and never more bytes than allowed, whatever the zip claims.
final class ModelZip {
    /// No pickles, which run code when they are loaded, and no training state.
    private static final Pattern MODEL_FILE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.(json|safetensors|jinja|txt|md|model)");

    private static final int MOST_ENTRIES = 10_000;
    private static final long LONGEST_TEXT = 200L << 20; // tokenizer.json of the largest vocabularies has some 30 MB
    private static final int MOST_COMPRESSION = 100; // weights shrink by less than 10; a bomb by 1,000

    private final ZipFile zip;
    private final Path folder;
    private long bytesLeft;

    private ModelZip(ZipFile zip, Path folder, long bytesLeft) {
        this.zip = zip;
        this.folder = folder;
        this.bytesLeft = bytesLeft;
    }

    /// @param mostBytes that may come out of it
    /// @throws InvalidModelException in one line that names the entry
    static void unpack(Path file, Path folder, long mostBytes) throws IOException {
        long most = Math.min(mostBytes, MOST_COMPRESSION * Files.size(file));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            new ModelZip(zip, folder, most).unpack();
        } catch (ZipException e) {
            throw new InvalidModelException("this is no zip file that can be read: " + e.getMessage(), e);
        }
    }

    private void unpack() throws IOException {
        if (zip.size() > MOST_ENTRIES) {
            throw new InvalidModelException("the zip has %,d entries; a model has a few".formatted(zip.size()));
        }
        List<? extends ZipEntry> entries = Collections.list(zip.entries());
        entries.forEach(entry -> requireInside(entry.getName()));
        String prefix = modelPrefix(entries);
        Set<String> written = new HashSet<>();
        for (ZipEntry entry : entries) {
            String name = entry.getName().startsWith(prefix) ? entry.getName().substring(prefix.length()) : "";
            if (MODEL_FILE.matcher(name).matches()) {
                if (!written.add(name)) {
                    throw new InvalidModelException("the zip holds " + shown(entry.getName()) + " twice");
                }
                unpack(entry, name);
            }
        }
    }

    private static void requireInside(String name) {
        boolean outside = name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || List.of(name.split("/", -1)).contains("..");
        if (outside) {
            throw new InvalidModelException("the zip has an entry that points outside of it: " + shown(name));
        }
    }

    /// The folder nearest to the top that holds a `config.json`, such as `my-model/`; empty for the top itself.
    private static String modelPrefix(List<? extends ZipEntry> entries) {
        List<String> configs = entries.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.equals("config.json") || name.endsWith("/config.json"))
                .filter(name -> !name.startsWith("__MACOSX/"))
                .toList();
        int top = configs.stream()
                .mapToInt(ModelZip::depth)
                .min()
                .orElseThrow(() -> new InvalidModelException("the zip holds no config.json"));
        List<String> nearest =
                configs.stream().filter(name -> depth(name) == top).distinct().toList();
        if (nearest.size() > 1) {
            throw new InvalidModelException(
                    "the zip holds more than one model: " + shown(nearest.get(0)) + " and " + shown(nearest.get(1)));
        }
        return nearest.getFirst().substring(0, nearest.getFirst().length() - "config.json".length());
    }

    private static int depth(String name) {
        return (int) name.chars().filter(c -> c == '/').count();
    }

    private void unpack(ZipEntry entry, String name) throws IOException {
        long most = name.endsWith(".safetensors") ? bytesLeft : Math.min(bytesLeft, LONGEST_TEXT);
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > most) {
                    throw new InvalidModelException(shown(entry.getName())
                            + " unpacks to more than %,d bytes, which is more than is allowed here".formatted(most));
                }
                out.write(buffer, 0, read);
            }
            bytesLeft -= copied;
        }
    }

    private static String shown(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return "'" + (printable.length() <= 120 ? printable : printable.substring(0, 120) + "…") + "'";
    }
}
