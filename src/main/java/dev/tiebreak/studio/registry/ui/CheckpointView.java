package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointAction;
import dev.tiebreak.studio.registry.CheckpointFile;
import dev.tiebreak.studio.registry.CheckpointFiles;
import dev.tiebreak.studio.registry.CheckpointId;
import dev.tiebreak.studio.registry.CheckpointService;
import dev.tiebreak.studio.registry.Lineage;
import dev.tiebreak.studio.registry.LineageService;
import dev.tiebreak.studio.registry.ModelCards;
import dev.tiebreak.studio.shell.ui.ModelText;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/// One checkpoint: its card, where it comes from and what came of it, its files.
@Route("checkpoints/:checkpointId")
@StyleSheet("context://studio/registry.css")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class CheckpointView extends VerticalLayout implements BeforeEnterObserver, HasDynamicTitle {
    private final CheckpointService checkpoints;
    private final LineageService lineages;
    private final ModelCards cards;
    private final CheckpointFiles files;
    private final CheckpointDownload download;
    private final List<CheckpointAction> actions;
    private String title = "Checkpoint";

    CheckpointView(
            CheckpointService checkpoints,
            LineageService lineages,
            ModelCards cards,
            CheckpointFiles files,
            CheckpointDownload download,
            ObjectProvider<CheckpointAction> actions) {
        this.checkpoints = checkpoints;
        this.lineages = lineages;
        this.cards = cards;
        this.files = files;
        this.download = download;
        this.actions = actions.orderedStream().toList();
        addClassName("tb-registry");
    }

    @Override
    public String getPageTitle() {
        return title;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        event.getRouteParameters()
                .get("checkpointId")
                .flatMap(CheckpointId::parse)
                .flatMap(checkpoints::find)
                .ifPresentOrElse(this::show, () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(Checkpoint checkpoint) {
        title = checkpoint.name();
        List<CheckpointFile> all = files.of(checkpoint);
        Div heading = new Div(new H2(checkpoint.name()), CheckpointText.badge(checkpoint.kind()));
        heading.addClassName("tb-checkpoint-title");
        add(new Anchor("checkpoints", "All checkpoints"), heading, links(checkpoint, all));
        Section card = new Section(new ModelText(withoutTitle(cards.card(checkpoint))));
        card.addClassName("tb-model-card");
        Div side = new Div(lineage(checkpoint), files(all));
        side.addClassName("tb-checkpoint-side");
        Div columns = new Div(card, side);
        columns.addClassName("tb-checkpoint-page");
        add(columns);
    }

    private Div links(Checkpoint checkpoint, List<CheckpointFile> all) {
        Div links = new Div();
        links.addClassName("tb-links");
        if (!all.isEmpty()) {
            links.add(button(new Anchor(CheckpointCard.tryPath(checkpoint), "Try it")));
        }
        if (download.isAllowed()) {
            if (!all.isEmpty()) {
                Anchor zip = new Anchor(download.of(checkpoint), "Download as a Hugging Face folder");
                zip.setDownload(true);
                links.add(button(zip));
            }
            for (CheckpointAction action : actions) {
                action.path(checkpoint).ifPresent(path -> links.add(button(new Anchor(path, action.label()))));
            }
        }
        return links;
    }

    private static Anchor button(Anchor link) {
        link.addClassName("tb-link-button");
        return link;
    }

    private Component lineage(Checkpoint checkpoint) {
        Lineage lineage = lineages.of(checkpoint);
        Section section = new Section(new H3("Lineage"));
        section.addClassName("tb-panel");
        lineage.data()
                .ifPresent(data -> section.add(new Paragraph(
                        new Span("Trained on "), new Anchor(data.version().page(), data.title()))));
        relatives(section, "Trained from", lineage.ancestors());
        relatives(section, "Trained from this one", lineage.children());
        if (section.getComponentCount() == 1) {
            section.add(new Paragraph("It was not trained here, and nothing was trained from it yet."));
        }
        return section;
    }

    private static void relatives(Section section, String label, List<Checkpoint> relatives) {
        if (!relatives.isEmpty()) {
            UnorderedList list = new UnorderedList();
            relatives.forEach(each -> list.add(new ListItem(
                    new Anchor("checkpoints/" + each.id().value(), each.name()),
                    new Span(" " + CheckpointText.minute(each.createdAt())))));
            section.add(new Paragraph(label), list);
        }
    }

    private static Component files(List<CheckpointFile> all) {
        Section section = new Section(new H3("Files"));
        section.addClassName("tb-panel");
        if (all.isEmpty()) {
            section.add(new Paragraph("The folder is gone from the server's disk."));
        }
        all.forEach(file -> {
            Div row = new Div(new Span(file.name()), new Span(CheckpointText.size(file.bytes())));
            row.addClassName("tb-file");
            section.add(row);
        });
        return section;
    }

    /// The page's own heading says it.
    private static String withoutTitle(String card) {
        return card.substring(card.indexOf('\n') + 1).strip();
    }
}
