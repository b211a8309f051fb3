package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.tiebreak.studio.judgment.OwnPace;
import dev.tiebreak.studio.judgment.OwnPace.Day;
import dev.tiebreak.studio.shell.ui.LineChart;
import java.text.NumberFormat;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;

/// Today's work in three figures, and the pace of the last two weeks as a curve.
class PacePanel extends Section {
    private static final int DAYS = 14;

    PacePanel(OwnPace pace, Moments moments) {
        List<Day> days = pace.days(DAYS, moments.zone());
        Day today = days.getLast();
        Div figures = new Div(
                figure(number(today.judged()), getTranslation("my.pace.judged", today.judged())),
                figure(Moments.lasting(this, today.active()), getTranslation("my.pace.active")),
                figure(perHour(today.judgedPerHour()), getTranslation("my.pace.per-hour")));
        figures.addClassName("tb-pace-figures");
        Paragraph explained = new Paragraph(getTranslation("my.pace.explained"));
        explained.addClassName("tb-soft");
        addClassNames("tb-panel", "tb-pace");
        add(new H3(getTranslation("my.pace.title")), figures, explained);
        if (days.stream().filter(day -> day.judgedPerHour().isPresent()).count() > 1) {
            add(chart(days, today));
        }
    }

    private LineChart chart(List<Day> days, Day today) {
        LineChart chart = new LineChart(getTranslation("my.pace.chart"), getTranslation("my.pace.days"), "");
        chart.getElement().setAttribute("dir", "ltr"); // time runs to the right in every language
        chart.show(List.of(new LineChart.Series(
                getTranslation("my.pace.chart"),
                days.stream()
                        .filter(day -> day.judgedPerHour().isPresent())
                        .map(day -> new LineChart.Point(
                                ChronoUnit.DAYS.between(today.date(), day.date()),
                                Math.round(day.judgedPerHour().orElseThrow())))
                        .toList())));
        return chart;
    }

    private static Div figure(String value, String what) {
        Span number = new Span(value);
        number.addClassName("tb-pace-figure");
        return new Div(number, new Span(what));
    }

    private String perHour(OptionalDouble pace) {
        return pace.isPresent() ? number(Math.round(pace.getAsDouble())) : "–";
    }

    private String number(long value) {
        return NumberFormat.getIntegerInstance(getLocale()).format(value);
    }
}
