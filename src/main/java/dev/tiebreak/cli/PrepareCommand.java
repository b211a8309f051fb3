package dev.tiebreak.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Does once, for everybody, what every first start would do for itself: for images, whose folders are read-only later.
@Command(name = "prepare", hidden = true, description = "Unpacks the natives and learns a start, for an image.")
final class PrepareCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        NativeLibraries.prepare(System.out::println);
        StartCache.prepare();
        return 0;
    }
}
