package dev.tiebreak.cli.statistics;

import com.google.gson.Gson;
import dev.tiebreak.cli.CommandException;
import dev.tiebreak.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Times the statistics library on made-up data, every work in a process of its own with a heap of 1 GiB.
@Command(
        name = "statistics",
        description = "Measures agreement, rankings and reliability on large made-up data, each in a process of its own"
                + " with a heap of 1 GiB: the first call of that process, and the best.")
public final class BenchStatisticsCommand implements Callable<Integer> {
    private static final Gson JSON = new Gson();

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "3", description = "Calls, the best counts (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--write",
            paramLabel = "FOLDER",
            description = "Also write the data as .npy files, for a peer to do the same work.")
    @Nullable
    Path write;

    @Option(names = "--json", description = "Print one JSON object a work.")
    boolean json;

    @Option(names = "--only", paramLabel = "WORK", description = "Measure this work only, in this process.")
    @Nullable
    String only;

    /// What one process says.
    ///
    /// @param first milliseconds of the first call, nothing compiled yet
    /// @param milliseconds of the best call
    /// @param peakMegabytes of heap, garbage included
    private record Measured(String work, double first, double milliseconds, long peakMegabytes) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1) {
            throw new CommandException("--rounds is 1 or more, got " + rounds);
        }
        if (only != null) {
            out().println(JSON.toJson(measure(named(only))));
            return 0;
        }
        if (write != null) {
            writeData(write);
        }
        if (!json) {
            out().println("%-24s%10s%10s%10s".formatted("work", "first ms", "best ms", "heap MB"));
        }
        for (StatisticsWork work : StatisticsWork.values()) {
            Measured measured = inProcessOfItsOwn(work);
            out().println(json ? JSON.toJson(measured) : row(work, measured));
            out().flush();
        }
        return 0;
    }

    private static StatisticsWork named(String id) {
        for (StatisticsWork work : StatisticsWork.values()) {
            if (work.id().equals(id)) {
                return work;
            }
        }
        throw new CommandException("there is no work '" + id + "'");
    }

    private static void writeData(Path folder) throws IOException {
        Files.createDirectories(folder);
        NumpyFile.write(folder.resolve("counts.npy"), BenchmarkData.counts(1_000_000));
        NumpyFile.write(folder.resolve("comparisons.npy"), BenchmarkData.comparisons(1_000, 2_000_000, 0.1));
        NumpyFile.write(folder.resolve("labels.npy"), BenchmarkData.labels(100_000, 500));
    }

    private Measured measure(StatisticsWork work) {
        Supplier<Object> prepared = work.prepared();
        System.gc(); // what making the data left behind is not the work's
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        double first = 0;
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < rounds; round++) {
            long begun = System.nanoTime();
            Object result = prepared.get();
            double took = (System.nanoTime() - begun) / 1e6;
            Objects.requireNonNull(result);
            first = round == 0 ? took : first;
            best = Math.min(best, took);
        }
        long peak =
                heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        return new Measured(work.id(), first, best, peak >> 20);
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private Measured inProcessOfItsOwn(StatisticsWork work) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("bench", "statistics", "--rounds", "" + rounds, "--only", work.id()));
        Process child =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (child.waitFor() != 0) {
            throw new CommandException(
                    "'" + work.id() + "' ended with code " + child.exitValue() + "; what it said stands above");
        }
        return JSON.fromJson(said, Measured.class);
    }

    private static String row(StatisticsWork work, Measured measured) {
        return String.format(
                Locale.ROOT,
                "%-24s%10.0f%10.0f%10d   %s",
                measured.work(),
                measured.first(),
                measured.milliseconds(),
                measured.peakMegabytes(),
                work.title());
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
