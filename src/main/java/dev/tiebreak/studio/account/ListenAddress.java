package dev.tiebreak.studio.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Where the server listens: only there can it tell whether strangers can reach it.
@Component
class ListenAddress {
    private final boolean loopback;

    ListenAddress(@Value("${server.address:}") String address) throws UnknownHostException {
        this.loopback = !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
    }

    boolean isLoopback() {
        return loopback;
    }
}
