package dev.tiebreak.cli;

import dev.tiebreak.studio.TiebreakApplication;
import dev.tiebreak.studio.account.DemoAccounts;
import dev.tiebreak.studio.account.OneTimeLinks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
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

    @Unmatched
    @Nullable
    List<String> springOptions;

    @Override
    public Integer call() {
        List<String> passedOn = springOptions == null ? List.of() : springOptions;
        passedOn.stream()
                .filter(option -> !option.matches("--[\\w.-]+=.*"))
                .findFirst()
                .ifPresent(option -> {
                    throw new CommandException("unknown option '" + option + "': see ./tiebreak run --help");
                });
        DataFolder folder = DataFolder.prepare(data);
        boolean postgres = StudioContext.onPostgres()
                || passedOn.stream().anyMatch(option -> option.matches("--spring\\.profiles\\.active=.*postgres.*"));
        if (!postgres) {
            folder.requireUnlocked();
        }
        requireFreePort();
        NativeLibraries.prepare(System.out::println);
        System.out.println("Starting the studio on the data in " + folder.path());
        announce(start(folder, passedOn));
        return SERVING;
    }

    private ConfigurableApplicationContext start(DataFolder folder, List<String> passedOn) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--server.address=" + address,
                "--tiebreak.data=" + folder.path(),
                "--tiebreak.demo=" + !withoutDemo));
        arguments.addAll(passedOn);
        SpringApplication application = new SpringApplication(TiebreakApplication.class);
        application.setLogStartupInfo(false);
        return application.run(arguments.toArray(String[]::new));
    }

    private void announce(ConfigurableApplicationContext studio) {
        String base = "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
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
