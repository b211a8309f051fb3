package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.quality.AgreementReport;
import dev.tiebreak.studio.quality.AgreementService;
import dev.tiebreak.studio.quality.DisputedComparison;
import jakarta.annotation.security.RolesAllowed;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How well the annotators of a project agree, with what every figure means and the comparisons behind it.
@Route("projects/:projectId/agreement")
@PageTitle("Agreement")
@StyleSheet("context://studio/quality.css")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class AgreementView extends VerticalLayout implements BeforeEnterObserver {
    private final AgreementService agreement;
    private final Comparisons comparisons;
    private final ProjectService projects;

    AgreementView(AgreementService agreement, Comparisons comparisons, ProjectService projects) {
        this.agreement = agreement;
        this.comparisons = comparisons;
        this.projects = projects;
        addClassName("tb-agreement");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        event.getRouteParameters()
                .get("projectId")
                .flatMap(ProjectId::parse)
                .flatMap(projects::find)
                .ifPresentOrElse(this::show, () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(Project project) {
        AgreementReport report = agreement.of(project.id());
        add(summary(report), figures(report), explanation());
        if (!report.annotators().isEmpty()) {
            add(new H3("Annotators"), new AnnotatorTable(report.annotators()));
        }
        if (!report.disputed().isEmpty()) {
            add(new H3("Most disputed comparisons"), disputed(project, report));
        }
    }

    private static Paragraph summary(AgreementReport report) {
        String categories = report.votesPerCategory().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry ->
                        "%,d %s".formatted(entry.getValue(), entry.getKey().label()))
                .collect(Collectors.joining(", "));
        return new Paragraph("%,d votes by %,d annotators on %,d of %,d comparisons; %,d have two votes or more. %s"
                .formatted(
                        report.votes(),
                        report.annotators().size(),
                        report.judged(),
                        report.comparisons(),
                        report.judgedTwice(),
                        categories.isEmpty() ? "" : "Votes: " + categories + "."));
    }

    private static Div figures(AgreementReport report) {
        Div figures = new Div(
                new EstimateCard(
                        "Krippendorff's α",
                        report.alpha(),
                        -0.2,
                        "Agreement beyond chance on what a vote says: A, B, tie or both bad. 1 is perfect, 0 is what"
                                + " chance gives."),
                new EstimateCard(
                        "Raw agreement",
                        report.raw(),
                        0,
                        "Of all pairs of votes on one comparison, the share that say the same. Chance is not taken"
                                + " out."),
                new EstimateCard(
                        "α on the strength scale",
                        report.strengthAlpha(),
                        -0.2,
                        "Krippendorff's α, ordinal, from much better to much worse: slightly against a tie weighs"
                                + " less than much against much. Both bad is left out."));
        figures.addClassName("tb-figures");
        return figures;
    }

    private static Details explanation() {
        Details details = new Details(
                "How to read this",
                new Paragraph("From 0.80 on, Krippendorff calls labels reliable; from 0.667 tentative. Preferences"
                        + " usually sit between 0.3 and 0.5: people differ in what they like. Low α with high raw"
                        + " agreement means that one category is chosen nearly always."),
                new Paragraph("Sides are turned back to canonical order before anything is computed. Intervals redraw"
                        + " whole comparisons 1,000 times, with a fixed seed. Comparisons with one vote say nothing"
                        + " about agreement and are left out."));
        details.addClassName("tb-explained");
        return details;
    }

    private Component disputed(Project project, AgreementReport report) {
        Map<ComparisonId, Comparison> texts =
                comparisons
                        .findAll(report.disputed().stream()
                                .map(DisputedComparison::id)
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Comparison::id, Function.identity()));
        return new DisputedList(
                report.disputed(),
                texts,
                comparison ->
                        new ComparisonDialog(comparison, agreement.votesOn(project.id(), comparison.id())).open());
    }
}
