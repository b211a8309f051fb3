package dev.tiebreak.journey;

import dev.tiebreak.studio.TiebreakApplication;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The studio on a free loopback port with the sample data, as `./tiebreak run` starts it.
final class RunningStudio implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final String address;

    private RunningStudio(ConfigurableApplicationContext context, String address) {
        this.context = context;
        this.address = address;
    }

    static RunningStudio start(Path data) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SpringApplication application = new SpringApplication(TiebreakApplication.class);
        application.setLogStartupInfo(false);
        return new RunningStudio(
                application.run(
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--tiebreak.data=" + data,
                        "--tiebreak.demo=true"),
                "http://127.0.0.1:" + port);
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        context.close();
    }
}
