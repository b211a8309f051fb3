package dev.tiebreak.studio.training.ui;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import dev.tiebreak.studio.shell.ui.LineChart;
import dev.tiebreak.studio.training.LiveRuns.News;
import dev.tiebreak.studio.training.MetricsRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// A plot of a run with its one line of explanation.
class PlotCard extends Section {
    private static final int MOST_POINTS = 3000; // at once; more than a screen has columns

    private final Plot plot;
    private final OptionalDouble annotators;
    private final LineChart chart;
    private final Map<Plot.Curve, TrailingMean> means = new HashMap<>();
    private int steps;

    /// @param annotators how often one vote agrees with the frozen preference
    PlotCard(Plot plot, OptionalDouble annotators) {
        this.plot = plot;
        this.annotators = plot.showsAnnotators() ? annotators : OptionalDouble.empty();
        this.chart = new LineChart(plot.title(), "step", "");
        Paragraph explanation = new Paragraph(explanation());
        explanation.addClassName("tb-soft");
        addClassName("tb-plot");
        add(chart, explanation);
    }

    private String explanation() {
        return annotators.isEmpty()
                ? plot.explanation()
                : plot.explanation() + " The level line: how often one annotator's vote agrees with the frozen"
                        + " preference; whoever reaches it judges as well as one annotator.";
    }

    void show(News news) {
        boolean lengthened = news.run().totalSteps() != steps;
        steps = news.run().totalSteps();
        if (news.fromStart()) {
            means.clear();
            chart.show(everything(news.rows()));
            return;
        }
        for (Plot.Curve curve : plot.curves()) {
            List<LineChart.Point> points = points(curve, news.rows());
            if (!points.isEmpty()) {
                chart.append(new LineChart.Series(curve.name(), points));
            }
        }
        if (lengthened && annotators.isPresent()) {
            chart.append(annotatorLine());
        }
    }

    private List<LineChart.Series> everything(List<MetricsRow> rows) {
        List<LineChart.Series> series = new ArrayList<>();
        plot.curves().forEach(curve -> series.add(new LineChart.Series(curve.name(), thinned(points(curve, rows)))));
        if (annotators.isPresent()) {
            series.add(annotatorLine());
        }
        return series;
    }

    private LineChart.Series annotatorLine() {
        double share = annotators.orElseThrow();
        return new LineChart.Series(
                Plot.ANNOTATORS,
                steps == 0 ? List.of() : List.of(new LineChart.Point(0, share), new LineChart.Point(steps, share)));
    }

    private List<LineChart.Point> points(Plot.Curve curve, List<MetricsRow> rows) {
        return rows.stream()
                .flatMap(row -> row.value(curve.metric()).stream()
                        .mapToObj(y -> new LineChart.Point(row.step(), drawn(curve, y))))
                .toList();
    }

    private double drawn(Plot.Curve curve, double value) {
        return curve.smoothed()
                ? means.computeIfAbsent(curve, _ -> new TrailingMean()).next(value)
                : value;
    }

    private static List<LineChart.Point> thinned(List<LineChart.Point> points) {
        int stride = Math.ceilDiv(points.size(), MOST_POINTS);
        return stride <= 1
                ? points
                : IntStream.range(0, points.size())
                        .filter(i -> i % stride == 0 || i == points.size() - 1)
                        .mapToObj(points::get)
                        .toList();
    }
}
