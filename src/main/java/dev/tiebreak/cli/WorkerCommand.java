package dev.tiebreak.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// A child of the studio that keeps models loaded and answers prompts; it ends when its standard input does.
@Command(name = "worker", description = "Answers requests in JSON lines from standard input.", hidden = true)
final class WorkerCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        System.setOut(System.err); // standard output carries the protocol; whatever else is printed goes aside
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            new Worker(System.in, out).run();
        }
        return 0;
    }
}
