package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.judgment.JudgmentLog.Spent;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;

/// How quickly whoever is signed in has judged, day by day. Idle time is no part of it: the board counts only time in
/// which somebody was there.
@Service
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
public class OwnPace {
    private static final Duration TOO_SHORT = Duration.ofMinutes(1);

    private final JudgmentLog log;
    private final CurrentAccount account;
    private final InstantSource clock;

    OwnPace(JudgmentLog log, CurrentAccount account, InstantSource clock) {
        this.log = log;
        this.account = account;
        this.clock = clock;
    }

    /// One day's work.
    ///
    /// @param judged judgments that stand; skips are none
    /// @param active time spent, that on skipped and reopened comparisons included
    public record Day(LocalDate date, long judged, Duration active) {

        /// Empty below a minute, which says nothing about an hour.
        public OptionalDouble judgedPerHour() {
            return active.compareTo(TOO_SHORT) < 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(judged * (double) Duration.ofHours(1).toMillis() / active.toMillis());
        }
    }

    /// The last days, today being the last of them.
    ///
    /// @param zone where the annotator's days begin
    public List<Day> days(int count, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate first = today.minusDays(count - 1L);
        Map<LocalDate, List<Spent>> byDay =
                log
                        .spentSince(
                                account.require().id().asAnnotator(),
                                first.atStartOfDay(zone).toInstant())
                        .stream()
                        .collect(Collectors.groupingBy(spent -> LocalDate.ofInstant(spent.at(), zone)));
        return IntStream.range(0, count)
                .mapToObj(first::plusDays)
                .map(date -> day(date, byDay.getOrDefault(date, List.of())))
                .toList();
    }

    private static Day day(LocalDate date, List<Spent> spent) {
        return new Day(
                date,
                spent.stream().filter(Spent::counts).count(),
                spent.stream().map(Spent::active).reduce(Duration.ZERO, Duration::plus));
    }
}
