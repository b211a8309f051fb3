package dev.tiebreak.studio.preference.ui;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.tiebreak.studio.preference.DatasetFile;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.DatasetVersionAction;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// One frozen version: what is in it, its files to download, and what can be done with it.
class VersionCard extends Section {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    VersionCard(DatasetVersion version, List<DatasetVersionAction> actions, Downloads downloads) {
        Paragraph made =
                new Paragraph("Frozen %s by %s".formatted(MINUTE.format(version.createdAt()), version.createdBy()));
        made.addClassName("tb-soft");
        Span hash = new Span("sha256 " + version.sha256());
        hash.addClassName("tb-hash");
        addClassName("tb-version");
        add(
                new H4("Version " + version.number()),
                new Paragraph("%,d pairs: %,d for training, %,d for testing; from %,d votes"
                        .formatted(
                                version.counts().pairs(),
                                version.counts().trainPairs(),
                                version.counts().testPairs(),
                                version.counts().votes())),
                made,
                hash,
                files(version, downloads),
                actions(version, actions),
                manifest(version));
    }

    private static Div files(DatasetVersion version, Downloads downloads) {
        Div files = new Div();
        files.addClassName("tb-files");
        for (DatasetFile file : DatasetFile.values()) {
            files.add(download(new Anchor(downloads.file(version, file), file.fileName())));
        }
        files.add(download(new Anchor(downloads.zip(version), "all as zip")));
        return files;
    }

    private static Anchor download(Anchor link) {
        link.setDownload(true);
        return link;
    }

    private static Div actions(DatasetVersion version, List<DatasetVersionAction> actions) {
        Div buttons = new Div();
        buttons.addClassName("tb-actions");
        for (DatasetVersionAction action : actions) {
            Anchor button = new Anchor(action.path(version.id()), action.label());
            button.addClassName("tb-action");
            buttons.add(button);
        }
        buttons.setVisible(!actions.isEmpty());
        return buttons;
    }

    private static Details manifest(DatasetVersion version) {
        Div content = new Div();
        Details details = new Details("Manifest", content);
        details.addOpenedChangeListener(event -> {
            if (event.isOpened() && content.getComponentCount() == 0) {
                Pre text = new Pre(read(version));
                text.addClassName("tb-manifest");
                content.add(text);
            }
        });
        return details;
    }

    private static String read(DatasetVersion version) {
        try {
            return Files.readString(version.file(DatasetFile.MANIFEST));
        } catch (IOException e) {
            return "The manifest cannot be read: " + e.getMessage();
        }
    }
}
