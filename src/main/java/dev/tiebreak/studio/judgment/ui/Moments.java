package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.ExtendedClientDetails;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;

/// Writes moments and durations as the person before the screen writes them, in their own time.
record Moments(Locale locale, ZoneId zone) {

    /// Of the browser that is being served.
    static Moments here() {
        UI ui = UI.getCurrent();
        ZoneId zone = Optional.ofNullable(ui.getPage().getExtendedClientDetails())
                .map(ExtendedClientDetails::getTimeZoneId)
                .map(ZoneId::of)
                .orElse(ZoneOffset.UTC);
        return new Moments(ui.getLocale(), zone);
    }

    String at(Instant instant) {
        return written(instant, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT));
    }

    /// Without the day where it is that of the beginning.
    String till(Instant end, Instant begin) {
        boolean sameDay = LocalDate.ofInstant(end, zone).equals(LocalDate.ofInstant(begin, zone));
        return sameDay ? written(end, DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)) : at(end);
    }

    private String written(Instant instant, DateTimeFormatter form) {
        return form.withLocale(locale)
                .withDecimalStyle(DecimalStyle.of(locale))
                .withZone(zone)
                .format(instant);
    }

    static String lasting(Component speaker, Duration duration) {
        if (duration.toHours() > 0) {
            return speaker.getTranslation("time.hours", duration.toHours(), duration.toMinutesPart());
        }
        return duration.toMinutes() > 0
                ? speaker.getTranslation("time.minutes", duration.toMinutes(), duration.toSecondsPart())
                : speaker.getTranslation("time.seconds", duration.toSeconds());
    }
}
