package dev.tiebreak.studio.rubric.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.HorizontalLayout;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.rubric.Rubric;
import dev.tiebreak.studio.rubric.RubricKey;
import dev.tiebreak.studio.rubric.RubricService;
import dev.tiebreak.studio.rubric.TextDiff;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// One rubric to read, in any of its versions, and what changed between two of them.
@Route("rubrics")
@StyleSheet("context://studio/rubric.css")
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class RubricView extends VerticalLayout implements HasUrlParameter<String>, HasDynamicTitle {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu").withZone(ZoneOffset.UTC);

    private final RubricService rubrics;
    private final H2 title = new H2();
    private final Select<Rubric> shown = new Select<>();
    private final Select<Rubric> comparedWith = new Select<>();
    private final Div content = new Div();

    RubricView(RubricService rubrics) {
        this.rubrics = rubrics;
        shown.setLabel("Version");
        shown.setItemLabelGenerator(RubricView::label);
        shown.addValueChangeListener(_ -> refresh());
        comparedWith.setLabel("Changes since");
        comparedWith.setItemLabelGenerator(rubric -> rubric == null ? "" : label(rubric));
        comparedWith.setEmptySelectionAllowed(true);
        comparedWith.addValueChangeListener(_ -> refresh());
        HorizontalLayout choice = new HorizontalLayout(shown, comparedWith);
        choice.setWrap(true);
        content.setWidthFull();
        add(new RouterLink("All rubrics", RubricsView.class), title, choice, content);
    }

    @Override
    public void setParameter(BeforeEvent event, String key) {
        List<Rubric> versions = key.isBlank() ? List.of() : rubrics.versions(new RubricKey(key));
        Rubric current =
                versions.isEmpty() ? null : rubrics.current(new RubricKey(key)).orElse(versions.getFirst());
        if (current == null) {
            throw new NotFoundException("there is no rubric '" + key + "'");
        }
        comparedWith.setItems(versions);
        comparedWith.setVisible(versions.size() > 1);
        shown.setItems(versions);
        shown.setValue(current);
    }

    @Override
    public String getPageTitle() {
        return title.getText();
    }

    private void refresh() {
        Rubric rubric = shown.getValue();
        Rubric other = comparedWith.getValue();
        content.removeAll();
        if (rubric == null) {
            return;
        }
        title.setText(rubric.title());
        if (other == null) {
            content.add(new RubricPage(rubric));
        } else if (other.equals(rubric)) {
            content.add(new Paragraph("These are the same version."));
        } else {
            content.add(new DiffText(TextDiff.lines(other.source(), rubric.source())));
        }
    }

    private static String label(Rubric rubric) {
        return "%d (%s)".formatted(rubric.version(), DAY.format(rubric.storedAt()));
    }
}
