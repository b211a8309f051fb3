package dev.tiebreak.studio.rubric.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.orderedlayout.HorizontalLayout;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.rubric.Rubric;
import dev.tiebreak.studio.rubric.RubricService;
import jakarta.annotation.security.RolesAllowed;

/// All rubrics in force, and what is wrong with files that could not be taken over.
@Route("rubrics")
@PageTitle("Rubrics")
@Menu(title = "Rubrics", order = 50, icon = "vaadin:book")
@StyleSheet("context://studio/rubric.css")
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class RubricsView extends VerticalLayout {
    private final RubricService rubrics;
    private final boolean maintains;
    private final Div content = new Div();

    RubricsView(RubricService rubrics, CurrentAccount current) {
        this.rubrics = rubrics;
        this.maintains = current.require().roles().stream()
                .anyMatch(role -> role == Role.DATA_LEAD || role == Role.ADMINISTRATOR);
        HorizontalLayout header = new HorizontalLayout(new H2("Rubrics"));
        header.setWidthFull();
        header.setWrap(true);
        header.setJustifyContentMode(JustifyContentMode.BETWEEN);
        if (maintains) {
            header.add(new Button("Read the files again", _ -> reload()));
        }
        content.addClassName("tb-rubric-list");
        content.setWidthFull();
        add(header, content);
        refresh();
    }

    private void reload() {
        rubrics.reload();
        refresh();
    }

    private void refresh() {
        content.removeAll();
        if (maintains && !rubrics.problems().isEmpty()) {
            content.add(problems());
        }
        rubrics.current().forEach(rubric -> content.add(card(rubric)));
    }

    private Section problems() {
        UnorderedList list = new UnorderedList();
        rubrics.problems().forEach(problem -> list.add(new ListItem(problem.toString())));
        Section section = new Section(
                new H3("These files were not taken over"),
                new Paragraph("The version that was last in force stays until they are mended."),
                list);
        section.addClassName("tb-problems");
        section.getElement().setAttribute("role", "alert");
        return section;
    }

    private static Section card(Rubric rubric) {
        RouterLink title =
                new RouterLink(rubric.title(), RubricView.class, rubric.key().value());
        Span version = new Span("%s, version %d".formatted(rubric.key(), rubric.version()));
        version.addClassName("tb-muted");
        return new Section(new H3(title), version, new Paragraph(rubric.summary()));
    }
}
