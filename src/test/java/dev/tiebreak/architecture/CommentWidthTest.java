package dev.tiebreak.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The formatter breaks a longer comment in two where it likes: into orphaned words, or into code that does not
/// compile.
class CommentWidthTest {
    private static final int WIDEST = 120;

    @Test
    void no_comment_is_wider_than_a_line_of_code() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<String> wide = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (tooWide(lines.get(i))) {
                        wide.add(file + ":" + (i + 1) + " is wider than " + WIDEST + " columns: break it by hand");
                    }
                }
            }
            assertThat(wide).isEmpty();
        }
    }

    @Test
    void columns_are_characters_as_people_count_them() {
        assertThat(tooWide("    /// " + "α".repeat(112))).isFalse();
        assertThat(tooWide("    /// " + "α".repeat(113))).isTrue();
        assertThat(tooWide("    String text = \"" + "α".repeat(113) + "\";")).isFalse();
    }

    private static boolean tooWide(String line) {
        return line.strip().startsWith("///") && line.codePointCount(0, line.length()) > WIDEST;
    }
}
