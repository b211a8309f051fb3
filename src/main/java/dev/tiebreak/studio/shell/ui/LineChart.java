package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Curves that grow while one looks at them: only what is new goes to the browser.
@Tag("tb-line-chart")
public class LineChart extends Component {
    private static final JsonMapper JSON = JsonMapper.shared();

    public LineChart(String title, String xLabel, String yLabel) {
        getElement()
                .setProperty("title", title)
                .setProperty("xLabel", xLabel)
                .setProperty("yLabel", yLabel)
                .setProperty("height", 220);
    }

    public record Point(double x, double y) {}

    public record Series(String name, List<Point> points) {}

    /// Replaces everything.
    public void show(List<Series> series) {
        ArrayNode all = JSON.createArrayNode();
        for (Series each : series) {
            ObjectNode node = all.addObject();
            node.put("name", each.name());
            node.set("points", json(each.points()));
        }
        onceDefined("this.series = $0", all);
    }

    /// Adds points to the right of a series.
    public void append(Series news) {
        onceDefined("this.appendPoints($0, $1)", news.name(), json(news.points()));
    }

    private static ArrayNode json(List<Point> points) {
        ArrayNode array = JSON.createArrayNode();
        points.forEach(point -> array.addArray().add(point.x()).add(point.y()));
        return array;
    }

    private void onceDefined(String script, Object... parameters) {
        getElement()
                .executeJs("customElements.whenDefined('tb-line-chart').then(() => { " + script + " })", parameters);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        getElement().executeJs("import(new URL('tiebreak/charts.js', document.baseURI).href)");
    }
}
