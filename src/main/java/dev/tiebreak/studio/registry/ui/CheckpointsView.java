package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.HorizontalLayout;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointFiles;
import dev.tiebreak.studio.registry.CheckpointId;
import dev.tiebreak.studio.registry.CheckpointService;
import dev.tiebreak.studio.registry.LineageService;
import dev.tiebreak.studio.registry.ModelLibrary;
import dev.tiebreak.studio.registry.TrainingData;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The models there are, the newest first.
@Route("checkpoints")
@PageTitle("Checkpoints")
@Menu(title = "Checkpoints", order = 70, icon = "vaadin:archives")
@StyleSheet("context://studio/registry.css")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class CheckpointsView extends VerticalLayout {
    private final CheckpointService checkpoints;
    private final LineageService lineages;
    private final CheckpointFiles files;
    private final Div list = new Div();

    CheckpointsView(
            CheckpointService checkpoints,
            LineageService lineages,
            CheckpointFiles files,
            ModelLibrary library,
            CheckpointDownload download) {
        this.checkpoints = checkpoints;
        this.lineages = lineages;
        this.files = files;
        Button add = new Button("Add a model", _ -> new AddModelDialog(library, this::refresh).open());
        add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        add.setVisible(download.isAllowed());
        HorizontalLayout header = new HorizontalLayout(new H2("Checkpoints"), add);
        header.setWidthFull();
        header.setWrap(true);
        header.setAlignItems(Alignment.CENTER);
        header.setJustifyContentMode(JustifyContentMode.BETWEEN);
        list.addClassName("tb-checkpoint-list");
        addClassName("tb-registry");
        add(header, list);
        refresh();
    }

    private void refresh() {
        list.removeAll();
        List<Checkpoint> all = checkpoints.all();
        if (all.isEmpty()) {
            list.add(new Paragraph(
                    "No model is here yet. Training starts from a base model: an ML engineer adds one as a"
                            + " zip of its Hugging Face folder."));
        }
        Map<CheckpointId, Checkpoint> byId =
                all.stream().collect(Collectors.toMap(Checkpoint::id, Function.identity()));
        all.forEach(checkpoint ->
                list.add(new CheckpointCard(checkpoint, origin(checkpoint, byId), files.bytes(checkpoint))));
    }

    private String origin(Checkpoint checkpoint, Map<CheckpointId, Checkpoint> byId) {
        return Stream.concat(
                        checkpoint.parent().map(byId::get).map(Checkpoint::name).map("from "::concat).stream(),
                        lineages.dataOf(checkpoint).map(TrainingData::title).map("on "::concat).stream())
                .collect(Collectors.joining(" "));
    }
}
