package dev.tiebreak.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder with the studio's database, dataset versions, runs and checkpoints.
record DataFolder(Path path) {

    /// Creates the folder where it is missing.
    ///
    /// @throws CommandException when it cannot be written, or another process has its database open
    static DataFolder prepare(Path wanted, StudioDatabase used) {
        Path path = wanted.toAbsolutePath().normalize();
        Path database = path.resolve("db");
        try {
            Files.createDirectories(database);
            Files.delete(Files.createTempFile(database, "writable", ""));
        } catch (IOException e) {
            throw new CommandException("the data folder " + path + " is not writable: " + reason(e));
        }
        DataFolder folder = new DataFolder(path);
        if (used instanceof StudioDatabase.Embedded) {
            folder.requireUnlocked();
        }
        return folder;
    }

    private void requireUnlocked() {
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
            throw new CommandException("the database " + file + " cannot be opened: " + reason(e));
        }
    }

    private static String reason(IOException problem) {
        return switch (problem) {
            case FileAlreadyExistsException e -> e.getFile() + " is a file";
            case AccessDeniedException e -> "no permission for " + e.getFile();
            case NoSuchFileException e -> e.getFile() + " cannot be created";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(problem.getMessage());
        };
    }

    private CommandException locked() {
        return new CommandException("the database in " + path
                + " is in use by another process: stop that one, choose another folder with --data, or use PostgreSQL");
    }
}
