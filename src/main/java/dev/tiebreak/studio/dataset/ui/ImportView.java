package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadFormat;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ImportRequest;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import dev.tiebreak.studio.dataset.ImportResult;
import dev.tiebreak.studio.dataset.ImportService;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.dataset.Uploads;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings files from a person's computer into a project: upload, look at what they hold, import, see what became of it.
@Route("projects/:projectId/import")
@PageTitle("Import")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class ImportView extends VerticalLayout implements BeforeEnterObserver {
    private final ProjectService projects;
    private final ImportService imports;
    private final RejectListDownload rejectLists;
    private final StagedFiles staged;
    private final Upload upload;
    private final Div cards = new Div();
    private final Button start = new Button("Import", _ -> start(false));
    private final Div outcome = new Div();
    private final List<UploadedFileCard> files = new ArrayList<>();
    private int arriving;
    private Optional<Project> project = Optional.empty();
    private Optional<BackgroundImport> running = Optional.empty();

    ImportView(
            ProjectService projects,
            ImportService imports,
            Uploads uploads,
            CurrentAccount current,
            RejectListDownload rejectLists) {
        this.projects = projects;
        this.imports = imports;
        this.rejectLists = rejectLists;
        this.staged = new StagedFiles(uploads);
        this.upload = new Upload(new UploadReceiver(
                imports, uploads, current, staged, this::fileArrives, this::fileArrived, this::fileEnded));
        upload.setUploadFormat(UploadFormat.RAW); // streams; a form's part would be written to disk twice
        upload.setWidthFull();
        start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        cards.addClassName("tb-uploads");
        outcome.addClassName("tb-outcome");
        outcome.getElement().setAttribute("aria-live", "polite");
        addClassNames("tb-project", "tb-import");
        add(
                new H3("Import files"),
                new Paragraph(
                        "Prompts with completions, preference pairs, or votes: JSON lines, JSON or CSV, gzipped or"
                                + " not. Votes may come together with the pairs they are about. It is all rows or none."),
                outcome,
                upload,
                cards,
                start);
        refresh();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        ProjectPages.show(event, projects, found -> project = Optional.of(found));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        staged.leave();
    }

    private void fileArrives() {
        arriving++;
        refresh();
    }

    private void fileArrived(UploadedFile file) {
        UploadedFileCard[] card = new UploadedFileCard[1];
        card[0] = new UploadedFileCard(file, this::refresh, () -> remove(card[0]));
        files.add(card[0]);
        cards.add(card[0]);
        outcome.removeAll();
        refresh();
    }

    private void fileEnded() {
        arriving--;
        refresh();
    }

    private void remove(UploadedFileCard card) {
        files.remove(card);
        cards.remove(card);
        staged.delete(card.file().path());
        refresh();
    }

    private void refresh() {
        boolean idle = running.isEmpty();
        boolean ready = files.stream().allMatch(card -> card.importFile().isPresent());
        upload.setVisible(idle);
        cards.setVisible(idle);
        start.setVisible(idle && !files.isEmpty());
        start.setEnabled(ready && arriving == 0);
        start.setText(files.size() == 1 ? "Import the file" : "Import the " + files.size() + " files");
    }

    private void start(boolean goodRowsOnly) {
        List<ImportFile> all =
                files.stream().flatMap(card -> card.importFile().stream()).toList();
        ImportProgress progress = new ImportProgress(() -> running.ifPresent(BackgroundImport::stop));
        show(progress);
        BackgroundImport background =
                new BackgroundImport(imports, staged, UI.getCurrent(), new BackgroundImport.Listener() {
                    @Override
                    public void progressed(double share) {
                        progress.show(share);
                    }

                    @Override
                    public void done(ImportResult result) {
                        ended(result);
                    }

                    @Override
                    public void failed(String reason) {
                        running = Optional.empty();
                        show(ImportOutcome.failed(reason));
                    }
                });
        running = Optional.of(background);
        refresh();
        background.start(new ImportRequest(project.orElseThrow().id(), all, goodRowsOnly));
    }

    private void ended(ImportResult result) {
        running = Optional.empty();
        if (result.imported()) {
            List.copyOf(files).forEach(this::remove);
        }
        DownloadHandler rejects = result.rejectList().map(rejectLists::of).orElse(_ -> {});
        show(new ImportOutcome(project.orElseThrow().id(), result, rejects, () -> start(true)));
    }

    private void show(Component component) {
        outcome.removeAll();
        outcome.add(component);
        refresh();
    }
}
