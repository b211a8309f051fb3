package dev.tiebreak.studio.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Slows down whoever guesses passwords: some attempts are free, then each wait is twice the last, up to a minute.
///
/// It counts per account and address, so that nobody can lock another person out from afar, and per address, so that
/// one cannot try one password on everybody. It remembers a bounded number of both.
@Component
class SignInThrottle {
    static final int FREE_FOR_AN_ACCOUNT = 5;
    static final int FREE_FOR_AN_ADDRESS = 30;
    static final int MOST_REMEMBERED = 10_000;
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Map<Guesser, Attempts> failed = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Guesser, Attempts> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    SignInThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /// @param account empty where the address is counted for all accounts together
    private record Guesser(String account, String address, int free) {}

    private record Attempts(int count, Instant last) {}

    /// How long this person must wait. Zero lets the attempt through and counts it as failed until [#succeeded] says
    /// otherwise, so that attempts at the same moment count as well.
    synchronized Duration attempt(String username, String address) {
        Instant now = clock.instant();
        Duration wait = guessers(username, address).stream()
                .map(guesser -> wait(guesser, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (wait.isZero()) {
            guessers(username, address)
                    .forEach(guesser -> failed.merge(
                            guesser, new Attempts(1, now), (before, _) -> new Attempts(before.count + 1, now)));
        }
        return wait;
    }

    synchronized void succeeded(String username, String address) {
        List<Guesser> guessers = guessers(username, address);
        failed.remove(guessers.getFirst());
        failed.computeIfPresent(guessers.getLast(), (_, before) -> new Attempts(before.count - 1, before.last));
    }

    synchronized int remembered() {
        return failed.size();
    }

    private Duration wait(Guesser guesser, Instant now) {
        @Nullable Attempts attempts = failed.get(guesser);
        if (attempts != null && !now.isBefore(attempts.last.plus(FORGOTTEN_AFTER))) {
            failed.remove(guesser);
            return Duration.ZERO;
        }
        if (attempts == null || attempts.count < guesser.free) {
            return Duration.ZERO;
        }
        long seconds = Math.min(LONGEST_WAIT.toSeconds(), 1L << Math.min(attempts.count - guesser.free, 30));
        Duration wait = Duration.between(now, attempts.last.plusSeconds(seconds));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static List<Guesser> guessers(String username, String address) {
        String network = network(address);
        return List.of(
                new Guesser(AccountService.normalised(username), network, FREE_FOR_AN_ACCOUNT),
                new Guesser("", network, FREE_FOR_AN_ADDRESS));
    }

    /// One IPv6 customer owns 2⁶⁴ addresses, which count as one.
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == 16
                    ? InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(bytes, 8), 16))
                            .getHostAddress()
                    : address;
        } catch (UnknownHostException | IllegalArgumentException e) {
            return address;
        }
    }
}
