package dev.tiebreak.journey;

import dev.tiebreak.studio.assignment.CheckSettings;
import dev.tiebreak.studio.dataset.ProjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A thousand annotators at once, each with a session of their own, on a server that has two cores: judgments a second,
/// how long a call takes, and what a signed-in annotator takes of the heap.
///
/// Two rounds: with a pause between judgments, as people read, and without any, which shows what the server can do. The
/// crowd runs on the same machine and takes a share of its cores.
@Tag("bench")
class BoardLoadBenchmark {
    private static final int PEOPLE = Integer.getInteger("tiebreak.load.people", 1_000);
    /// People whose password takes as long to check as a real one; the others only have to be there.
    private static final int HASHED = 100;
    private static final int COMPARISONS = 20_000;
    private static final int EACH = Integer.getInteger("tiebreak.load.each", 10);
    private static final long PAUSE_MS = Long.getLong("tiebreak.load.pause", 15_000);
    private static final int AHEAD = 8;

    @TempDir
    static Path data;

    private final Queue<Long> judging = new ConcurrentLinkedQueue<>();
    private final Queue<Long> leasing = new ConcurrentLinkedQueue<>();
    private final Queue<Long> signingIn = new ConcurrentLinkedQueue<>();

    @Test
    void a_thousand_annotators() throws Exception {
        int port = RunningStudio.freePort();
        String address = "http://127.0.0.1:" + port;
        ProjectId project;
        List<String> names;
        String noSamples = "--tiebreak.sample-data=" + data.resolve("none");
        try (RunningStudio studio = RunningStudio.start(data, List.of(noSamples))) {
            project = PairProject.numbered(studio, COMPARISONS + 100, 3);
            Crowd.check(studio, project, new CheckSettings(0.05, 20, 0.05), 100);
            names = new ArrayList<>(Crowd.of(studio, 0, HASHED, Crowd.realHash(studio)));
            names.addAll(Crowd.of(studio, HASHED, PEOPLE, "{noop}" + Crowd.PASSWORD));
        }
        try (StudioProcess studio = StudioProcess.startInFull(
                        Map.of("JAVA_TOOL_OPTIONS", "-XX:ActiveProcessorCount=2 -XX:+UseG1GC"),
                        "run",
                        "--port=" + port,
                        "--data=" + data,
                        noSamples)
                .ready()) {
            measure(studio, address, project, names);
        }
    }

    private void measure(StudioProcess studio, String address, ProjectId project, List<String> names) throws Exception {
        try {
            BoardClient.signIn(address, project, names.getFirst(), Crowd.PASSWORD)
                    .lease(0, List.of()); // classes are loaded
            long before = liveHeap(studio.pid());
            List<BoardClient> crowd = everybodySignsIn(address, project, names);
            long after = liveHeap(studio.pid());
            System.out.printf("%n%-52s %10s %10s %10s%n", "milliseconds", "median", "99 %", "number");
            row("signing in, 4 at a time", signingIn);
            everybodyJudges("reading %.0f s a judgment".formatted(PAUSE_MS / 1000.0), crowd, PAUSE_MS);
            everybodyJudges("as fast as it goes", crowd, 0);
            System.out.printf(
                    "%-52s %10.1f%n", "heap of a signed-in annotator, KiB", (after - before) / 1024.0 / names.size());
            System.out.printf(
                    "%-52s %10.1f%n",
                    "the same with their work, KiB", (liveHeap(studio.pid()) - before) / 1024.0 / names.size());
        } catch (Exception e) {
            System.out.println(studio.output() + studio.errors());
            throw e;
        }
    }

    private List<BoardClient> everybodySignsIn(String address, ProjectId project, List<String> names) throws Exception {
        Semaphore door = new Semaphore(4);
        return together(names.stream()
                .<Callable<BoardClient>>map(name -> () -> {
                    door.acquire();
                    try {
                        long begin = System.nanoTime();
                        BoardClient client = BoardClient.signIn(address, project, name, Crowd.PASSWORD);
                        if (signingIn.size() < HASHED) {
                            signingIn.add(System.nanoTime() - begin);
                        }
                        return client;
                    } finally {
                        door.release();
                    }
                })
                .toList());
    }

    private void everybodyJudges(String how, List<BoardClient> crowd, long pause) throws Exception {
        judging.clear();
        leasing.clear();
        long begin = System.nanoTime();
        together(crowd.stream()
                .<Callable<Boolean>>map(client -> () -> judge(client, pause, crowd.indexOf(client)))
                .toList());
        double seconds = (System.nanoTime() - begin) / 1e9;
        row("a judgment, " + how, judging);
        row("leases, " + how, leasing);
        System.out.printf("%-52s %10.1f%n", "judgments a second, " + how, judging.size() / seconds);
    }

    /// As the board does: eight comparisons ahead; each judgment is sent alone, and one comparison more is asked for.
    private boolean judge(BoardClient client, long pause, int seat) throws Exception {
        Thread.sleep(pause * seat / PEOPLE); // people do not come at one stroke
        List<JsonNode> tasks = new ArrayList<>(lease(client, AHEAD, List.of()));
        for (int i = 0; i < EACH && !tasks.isEmpty(); i++) {
            Thread.sleep(pause);
            JsonNode task = tasks.removeFirst();
            long begin = System.nanoTime();
            String status = client.judge(List.of(BoardClient.judgment(task, "2")))
                    .get(0)
                    .get("status")
                    .asString();
            judging.add(System.nanoTime() - begin);
            if (!status.equals("recorded")) {
                throw new IllegalStateException(status);
            }
            tasks.addAll(lease(
                    client,
                    1,
                    tasks.stream().map(held -> held.get("id").asString()).toList()));
        }
        return true;
    }

    private List<JsonNode> lease(BoardClient client, int count, List<String> holding) throws Exception {
        long begin = System.nanoTime();
        List<JsonNode> leases = new ArrayList<>();
        client.lease(count, holding).forEach(leases::add);
        leasing.add(System.nanoTime() - begin);
        return leases;
    }

    private static <T> List<T> together(List<Callable<T>> deeds) throws Exception {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (var done : people.invokeAll(deeds)) {
                results.add(done.get());
            }
            return results;
        }
    }

    /// After a full collection, which the histogram makes.
    private static long liveHeap(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes());
        jcmd.waitFor(1, TimeUnit.MINUTES);
        Matcher total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
        if (!total.find()) {
            throw new IOException("jcmd told no total: " + histogram);
        }
        return Long.parseLong(total.group(1));
    }

    private static void row(String what, Queue<Long> nanos) {
        double[] sorted =
                nanos.stream().mapToDouble(each -> each / 1e6).sorted().toArray();
        System.out.printf(
                "%-52s %10.1f %10.1f %10d%n", what, quantile(sorted, 0.5), quantile(sorted, 0.99), sorted.length);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
