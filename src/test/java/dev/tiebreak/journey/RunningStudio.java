package dev.tiebreak.journey;

import dev.tiebreak.studio.TiebreakApplication;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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
        return start(data, freePort());
    }

    /// Once it is closed: the same data at the same address.
    RunningStudio again() {
        return start(data, port);
    }

    private static RunningStudio start(Path data, int port) {
        SpringApplication application = new SpringApplication(TiebreakApplication.class);
        application.setLogStartupInfo(false);
        return new RunningStudio(
                application.run(
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--tiebreak.data=" + data,
                        "--tiebreak.demo=true"),
                data,
                port);
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
