package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.server.streams.UploadEvent;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.InvalidModelException;
import dev.tiebreak.studio.registry.ModelLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Brings a model into the studio: by upload, or from the models folder.
class AddModelDialog extends Dialog {
    private final ModelLibrary library;
    private final Runnable onAdded;
    private final TextField name = new TextField("Name");
    private final Div outcome = new Div();
    private volatile String chosenName = "";

    AddModelDialog(ModelLibrary library, Runnable onAdded) {
        super("Add a model");
        this.library = library;
        this.onAdded = onAdded;
        name.setHelperText("Where it is empty, the model is called as the zip is.");
        name.setWidthFull();
        name.setValueChangeMode(ValueChangeMode.EAGER);
        name.addValueChangeListener(event -> chosenName = event.getValue().strip());
        outcome.addClassName("tb-outcome");
        outcome.getElement().setAttribute("role", "status");
        setWidth("min(36rem, 100vw)");
        add(
                new Paragraph("A zip of a Hugging Face folder: config.json, model.safetensors (or shards with their"
                        + " index), tokenizer.json. Llama models, to complete or to score. Pickles are left out."),
                name,
                upload(),
                outcome,
                byHand());
        getFooter().add(new Button("Close", _ -> close()));
    }

    private Upload upload() {
        Upload upload = new Upload(this::receive);
        upload.setUploadButton(new Button("Choose a zip …"));
        upload.setDropLabel(new Span("or drop it here"));
        upload.setAcceptedFileExtensions(".zip");
        upload.setMaxFiles(1);
        upload.setWidthFull();
        upload.addAllFinishedListener(_ -> upload.clearFileList());
        return upload;
    }

    /// Called on the thread of the upload's own request, outside the page's lock.
    private void receive(UploadEvent event) {
        UI ui = event.getUI();
        ui.access(() -> tell("Receiving and checking " + event.getFileName() + " …", false));
        String wanted = chosenName.isEmpty() ? event.getFileName().replaceFirst("(?i)\\.zip$", "") : chosenName;
        try (InputStream zip = event.getInputStream()) {
            Checkpoint added = library.add(wanted, zip);
            ui.access(() -> {
                tell(added.name() + " is added (" + added.kind().label() + ").", false);
                name.clear();
                onAdded.run();
            });
        } catch (InvalidModelException e) {
            ui.access(() -> tell(event.getFileName() + ": " + e.reason(), true));
        } catch (IOException | UncheckedIOException e) {
            ui.access(() -> tell(event.getFileName() + " did not arrive: " + e.getMessage(), true));
        }
    }

    private void tell(String text, boolean problem) {
        outcome.setText(text);
        outcome.setClassName("tb-problem", problem);
    }

    private Div byHand() {
        Button look = new Button("Look there", _ -> lookAgain());
        Div byHand = new Div(
                new Paragraph("Or put the folder of a model into " + library.folder() + " on the server."), look);
        byHand.addClassName("tb-by-hand");
        return byHand;
    }

    private void lookAgain() {
        List<String> problems = library.lookAgain();
        tell(
                problems.isEmpty() ? "Every model in the folder is in the list." : String.join("\n", problems),
                !problems.isEmpty());
        onAdded.run();
    }
}
