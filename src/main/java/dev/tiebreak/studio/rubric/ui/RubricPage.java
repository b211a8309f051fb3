package dev.tiebreak.studio.rubric.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import dev.tiebreak.studio.rubric.Criterion;
import dev.tiebreak.studio.rubric.Rubric;
import dev.tiebreak.studio.rubric.RubricExample;
import dev.tiebreak.studio.rubric.RubricSheet.Strengths;
import java.util.List;

/// A rubric as one page to read.
class RubricPage extends Div {

    RubricPage(Rubric rubric) {
        addClassName("tb-rubric");
        add(new Paragraph(rubric.summary()));
        add(new H3("How to go about it"), new Prose(rubric.instructions()));
        add(new H3("How strongly"), strengths(rubric.sheet().strength()));
        add(new H3("Criteria"));
        rubric.criteria().forEach(criterion -> add(criterion(criterion)));
        add(
                new H3("Where criteria disagree"),
                order(rubric),
                new Prose(rubric.sheet().precedence().note()));
        add(new H3("Examples"));
        rubric.examples().forEach(example -> add(example(example)));
        add(new H3("Reasons to skip"), list(rubric.skipReasons()));
        add(new H3("Reasons to attach"), list(rubric.reasonChips()));
    }

    private static DescriptionList strengths(Strengths strength) {
        DescriptionList list = new DescriptionList();
        describe(list, "Much better", strength.much());
        describe(list, "Clearly better", strength.clearly());
        describe(list, "Slightly better", strength.slightly());
        describe(list, "Tie", strength.tie());
        describe(list, "Both bad", strength.bothBad());
        return list;
    }

    private static Section criterion(Criterion criterion) {
        DescriptionList anchors = new DescriptionList();
        criterion.anchors().forEach(anchor -> describe(anchors, anchor.value() + " " + anchor.label(), anchor.text()));
        return new Section(new H4(criterion.name()), new Paragraph(criterion.question()), anchors);
    }

    private static Paragraph order(Rubric rubric) {
        List<String> names = rubric.sheet().precedence().order().stream()
                .flatMap(id -> rubric.criteria().stream()
                        .filter(criterion -> criterion.id().equals(id))
                        .map(Criterion::name))
                .toList();
        return new Paragraph("In this order: " + String.join(" > ", names) + ".");
    }

    private static Section example(RubricExample example) {
        DescriptionList texts = new DescriptionList();
        describe(texts, "Prompt", example.prompt());
        describe(texts, "Better", example.better());
        describe(texts, "Worse", example.worse());
        describe(texts, "Why", example.why());
        return new Section(texts);
    }

    private static void describe(DescriptionList list, String term, String text) {
        list.add(new DescriptionList.Term(term), new DescriptionList.Description(text));
    }

    private static Component list(List<String> items) {
        UnorderedList list = new UnorderedList();
        items.forEach(item -> list.add(new ListItem(item)));
        return list;
    }
}
