package dev.tiebreak.journey;

import dev.tiebreak.studio.TiebreakApplication;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The studio on a free loopback port with the sample data, as `./tiebreak run` starts it.
final class RunningStudio implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Path data;
    private final int port;

    private RunningStudio(ConfigurableApplicationContext context, Path data, int port) {
        this.context = context;
        this.data = data;
        this.port = port;
    }

    static RunningStudio start(Path data) throws IOException {
        return start(data, List.of());
    }

    /// @param settings Spring Boot's, such as `--spring.datasource.url=…`
    static RunningStudio start(Path data, List<String> settings) throws IOException {
        return start(data, freePort(), settings);
    }

    /// Once it is closed: the same data at the same address.
    RunningStudio again() {
        return start(data, port, List.of());
    }

    private static RunningStudio start(Path data, int port, List<String> settings) {
        SpringApplication application = new SpringApplication(TiebreakApplication.class);
        application.setLogStartupInfo(false);
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--tiebreak.data=" + data,
                "--tiebreak.demo=true"));
        arguments.addAll(settings);
        return new RunningStudio(application.run(arguments.toArray(String[]::new)), data, port);
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /// A part of the application, to look at what a page left behind.
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    ProjectId project(String name) {
        return bean(ProjectService.class).findByName(name).orElseThrow().id();
    }

    @Override
    public void close() {
        context.close();
    }
}
