package dev.tiebreak.studio.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Whether published passwords work: when a demo was asked for and the server listens where no stranger reaches it.
@Component
class DemoMode {
    private final boolean on;

    DemoMode(@Value("${tiebreak.demo:false}") boolean wanted, @Value("${server.address:}") String address)
            throws UnknownHostException {
        this.on = wanted && !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
    }

    boolean isOn() {
        return on;
    }

    /// Whether this name, as an address or as browsers resolve it, cannot mean another computer.
    static boolean namesThisComputer(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost") // RFC 6761: resolvers never ask the network for it
                || name.matches("\\[?(::1|0:0:0:0:0:0:0:1)]?")
                || name.matches("127(\\.\\d{1,3}){3}");
    }
}
