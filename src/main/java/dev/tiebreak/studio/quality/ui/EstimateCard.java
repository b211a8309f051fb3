package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.tiebreak.statistics.Estimate;

/// One figure: its value large, its interval as a line and in words, and what it means.
class EstimateCard extends Section {

    EstimateCard(String title, Estimate estimate, double min, String meaning) {
        addClassName("tb-figure");
        Span value = new Span(EstimateText.value(estimate));
        value.addClassName("tb-figure-value");
        estimate.point().ifPresent(exact -> value.getElement().setAttribute("title", String.valueOf(exact)));
        Paragraph detail = new Paragraph(EstimateText.detail(estimate));
        if (estimate instanceof Estimate.Undefined) {
            detail.addClassName("tb-figure-undefined");
        }
        Paragraph explained = new Paragraph(meaning);
        explained.addClassName("tb-soft");
        add(new H3(title), value, new IntervalBar(title, estimate, min), detail, explained);
    }
}
