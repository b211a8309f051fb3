package dev.tiebreak.cli;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The models used last, kept in memory. A folder whose weights were written anew is loaded anew.
final class LoadedModels implements AutoCloseable {
    private static final int KEPT = 3;

    private record Loaded(ModelFolder folder, FileTime written) {}

    private final TorchRuntime runtime;
    private final Map<Path, Loaded> byPath = new LinkedHashMap<>(8, 0.75f, true);

    LoadedModels(TorchRuntime runtime) {
        this.runtime = runtime;
    }

    /// @throws WrongInputException when the folder holds no model that can be loaded
    ModelFolder get(Path given) {
        Path path = given.toAbsolutePath().normalize();
        FileTime written = written(path);
        Loaded there = byPath.get(path);
        if (there != null && there.written.equals(written)) {
            return there.folder;
        }
        if (there != null) {
            byPath.remove(path);
            there.folder.close();
        }
        makeRoom();
        ModelFolder folder = ModelFolder.load(runtime, path);
        byPath.put(path, new Loaded(folder, written));
        return folder;
    }

    private void makeRoom() {
        Iterator<Loaded> oldestFirst = byPath.values().iterator();
        for (int i = byPath.size(); i >= KEPT; i--) {
            oldestFirst.next().folder.close();
            oldestFirst.remove();
        }
    }

    /// When the weights were written; the epoch where there are none, so that loading says what is missing.
    private static FileTime written(Path folder) {
        for (String name : new String[] {"model.safetensors", "model.safetensors.index.json"}) {
            try {
                return Files.getLastModifiedTime(folder.resolve(name));
            } catch (IOException e) {
                // the next one, or none
            }
        }
        return FileTime.fromMillis(0);
    }

    @Override
    public void close() {
        byPath.values().forEach(loaded -> loaded.folder.close());
        byPath.clear();
    }
}
