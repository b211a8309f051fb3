package dev.tiebreak.studio.dataset.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.dataset.Uploads;
import dev.tiebreak.studio.testing.OnH2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnH2
class StagedFilesTest {
    @Autowired
    Uploads uploads;

    private Path staged(StagedFiles files) throws IOException {
        Path file = Files.writeString(uploads.place("upload", ""), "rows");
        files.add(file);
        return file;
    }

    @Test
    void files_go_when_the_page_is_left() throws IOException {
        StagedFiles files = new StagedFiles(uploads);
        Path file = staged(files);
        files.leave();
        assertThat(file).doesNotExist();
    }

    @Test
    void an_import_that_still_reads_them_keeps_them_until_it_is_done() throws IOException {
        StagedFiles files = new StagedFiles(uploads);
        Path file = staged(files);
        files.use();
        files.leave();
        assertThat(file).exists();
        files.release();
        assertThat(file).doesNotExist();
    }

    @Test
    void a_file_that_arrives_after_the_page_was_left_does_not_stay() throws IOException {
        StagedFiles files = new StagedFiles(uploads);
        files.leave();
        assertThat(staged(files)).doesNotExist();
    }
}
