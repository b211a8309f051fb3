package dev.tiebreak.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder with the studio's database, dataset versions, runs and checkpoints.
record DataFolder(Path path) {

    /// Creates the folder where it is missing.
    ///
    /// @throws CommandException when it cannot be written, or another process has its database open
    static DataFolder prepare(Path wanted) {
        Path path = wanted.toAbsolutePath().normalize();
        Path database = path.resolve("db");
        try {
            Files.createDirectories(database);
            Files.delete(Files.createTempFile(database, "writable", ""));
        } catch (IOException e) {
            throw new CommandException("the data folder " + path + " is not writable: " + e);
        }
        return new DataFolder(path);
    }

    /// @throws CommandException when another process has the embedded database open
    void requireUnlocked() {
        Path file = path.resolve("db").resolve("tiebreak.mv.db");
        if (!Files.exists(file)) {
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw locked();
            }
        } catch (OverlappingFileLockException e) {
            throw locked();
        } catch (IOException e) {
            throw new CommandException("the database " + file + " cannot be opened: " + e);
        }
    }

    private CommandException locked() {
        return new CommandException("the database in " + path
                + " is in use by another process: stop that one, choose another folder with --data, or use PostgreSQL");
    }
}
