package dev.tiebreak.cli;

import dev.tiebreak.studio.TiebreakApplication;
import dev.tiebreak.studio.account.DemoAccounts;
import dev.tiebreak.studio.account.OneTimeLinks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/// Starts the studio and says where it is.
@Command(
        name = "run",
        description =
                "Starts the studio. Spring Boot's own options (--spring.profiles.active=postgres …) pass through.")
final class RunCommand implements Callable<Integer> {
    /// Not an exit code: the server's threads keep the process alive.
    static final int SERVING = -1;

    /// Spring Boot's names of what has an option of its own here.
    private static final Map<String, String> OURS = Map.of(
            "server.port",
            "--port",
            "server.address",
            "--address",
            "tiebreak.data",
            "--data",
            "tiebreak.demo",
            "--no-demo");

    @Option(names = "--port", defaultValue = "8080", description = "Port to listen on (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--address",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}). Demo sign-ins work on loopback only.")
    String address = "127.0.0.1";

    @Option(names = "--data", defaultValue = "data", description = "Data folder (default: ./${DEFAULT-VALUE}).")
    Path data = Path.of("data");

    @Option(
            names = "--no-demo",
            description = "Leave out the sample projects and the demo sign-ins.",
            defaultValue = "false")
    boolean withoutDemo;

    @Option(names = "--gpu", description = "Take the GPU's natives: see README. Understood by the start script.")
    boolean gpu;

    @Option(names = "--exit-when-ready", hidden = true, description = "Stop at once: a start to learn from.")
    boolean exitWhenReady;

    @Unmatched
    @Nullable
    List<String> springOptions;

    @Override
    public Integer call() {
        List<String> passedOn = springOptions == null ? List.of() : springOptions;
        requireSpringOptions(passedOn);
        StudioDatabase database = StudioDatabase.chosen(passedOn);
        DataFolder folder = DataFolder.prepare(data, database);
        requireFreePort();
        NativeLibraries.prepare(System.out::println);
        System.out.println("Starting the studio on the data in " + folder.path());
        ConfigurableApplicationContext studio = StudioContext.start(
                new SpringApplicationBuilder(TiebreakApplication.class), folder, database, options(passedOn, database));
        if (exitWhenReady) {
            studio.close();
            return 0;
        }
        announce(studio);
        StartCache.prepareInBackground();
        return SERVING;
    }

    private static void requireSpringOptions(List<String> passedOn) {
        for (String option : passedOn) {
            if (!option.matches("--[\\w.-]+=.*")) {
                throw new CommandException("unknown option '" + option + "': see ./tiebreak run --help");
            }
            String name = option.substring(2, option.indexOf('='));
            if (OURS.containsKey(name)) {
                throw new CommandException("say " + OURS.get(name) + " instead of --" + name);
            }
        }
    }

    /// Published passwords and sample projects belong on a computer of one's own, not on a server.
    private boolean demo(StudioDatabase database) {
        return !withoutDemo && database instanceof StudioDatabase.Embedded && isLoopback();
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // the free port could not have been bound
        }
    }

    private List<String> options(List<String> passedOn, StudioDatabase database) {
        List<String> options = new ArrayList<>(
                List.of("--server.port=" + port, "--server.address=" + address, "--tiebreak.demo=" + demo(database)));
        options.addAll(passedOn);
        return options;
    }

    private void announce(ConfigurableApplicationContext studio) {
        String base = "http://" + host() + ":" + studio.getEnvironment().getProperty("local.server.port");
        System.out.println();
        System.out.println("Tiebreak is ready: " + base);
        var signIns = studio.getBean(DemoAccounts.class).signIns();
        if (signIns.isEmpty()) {
            studio.getBean(OneTimeLinks.class)
                    .setupPath()
                    .ifPresent(path -> System.out.println("Create the administrator (works once): " + base + path));
        } else {
            System.out.println("Demo sign-ins (this computer only):");
            signIns.forEach(demo -> System.out.printf(
                    "  %-10s %-20s %s%n",
                    demo.username(),
                    demo.password(),
                    String.join(
                            ", ",
                            demo.roles().stream().map(role -> role.label()).toList())));
        }
        System.out.println("Stop it with Ctrl+C.");
    }

    /// A name that a browser on this machine can open.
    private String host() {
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return "localhost";
        }
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private void requireFreePort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException("cannot listen on " + address + ":" + port + " (" + e.getMessage()
                    + "): choose another port with --port");
        }
    }
}
