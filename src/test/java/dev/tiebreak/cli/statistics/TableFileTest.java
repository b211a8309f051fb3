package dev.tiebreak.cli.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.cli.CommandException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFileTest {
    @TempDir
    Path folder;

    @Test
    void the_wanted_columns_come_in_the_wanted_order_with_their_lines() throws IOException {
        assertThat(rows(file("""
                item,note,who
                7,"two
                lines",ann

                8,"a ""quote"", and a comma", bob
                """))).containsExactly("2: ann 7", "5: bob 8");
    }

    @Test
    void json_lines_hold_texts_numbers_and_booleans_in_any_order() throws IOException {
        assertThat(rows(file("""
                {"who": "ann", "item": 7, "more": {"x": []}}

                {"item": true, "who": 1.5}
                """))).containsExactly("1: ann 7", "3: 1.5 true");
    }

    @Test
    void gzip_and_a_byte_order_mark_are_taken_off() throws IOException {
        Path file = folder.resolve("rows.anything");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("\uFEFFwho,item\nann,7\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(rows(file)).containsExactly("2: ann 7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            item,name⏎7,ann          | :1 has no column 'who'; its columns are item, name
            who,item,who⏎a,7,b       | :1 has 2 columns 'who'
            who,item⏎ann,7⏎bob       | :3 has 1 cell, the heading has 2
            who,item⏎ann,7⏎,8        | :3 'who' is empty
            who,item⏎"a⏎b",7⏎"x"y,8  | :4 is not CSV: a quoted cell does not end, or text follows its closing quote
            who,item⏎ann,7⏎"bob,8    | :3 is not CSV: a quoted cell does not end, or text follows its closing quote
            {"who":"a","item":1}⏎{"item":1}       | :2 has no field 'who'; its fields are item
            {"who":"a","item":1}⏎{"who":          | :2 is no JSON object
            {"who":"a","item":1}⏎7                | :2 is no JSON object
            {who:"a",item:1}                      | :1 is no JSON object
            {"who":["a"],"item":1}                | :1 'who' is no text or number
            {"who":null,"item":1}                 | :1 'who' is empty
            """)
    void a_wrong_file_is_told_by_line_and_column(String text, String said) throws IOException {
        Path file = file(text.replace('⏎', '\n'));
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(CommandException.class)
                .hasMessage(file + said);
    }

    @Test
    void what_is_no_table_is_said_in_one_line() throws IOException {
        Path nothing = folder.resolve("nothing.csv");
        assertThatThrownBy(() -> rows(nothing)).hasMessage(nothing + ": no such file");
        assertThatThrownBy(() -> rows(folder)).hasMessage(folder + " is a folder; a CSV or JSONL file is needed");
        Path empty = file("");
        assertThatThrownBy(() -> rows(empty)).hasMessage(empty + ":1 there is no heading: the file is empty");
        Path array = file("[{\"who\": 1}]");
        assertThatThrownBy(() -> rows(array)).hasMessageContaining("is one JSON array");
    }

    @Test
    void text_that_is_not_utf_8_and_a_broken_gzip_are_told_with_their_place() throws IOException {
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, "who,item\nJos\u00e9,7\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> rows(latin))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("latin.csv")
                .hasMessageContaining("not UTF-8");
        Path whole = folder.resolve("whole.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write(("who,item\n" + "ann,7\n".repeat(10_000)).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(bytes, bytes.length - 20));
        assertThatThrownBy(() -> rows(cut))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("cannot be read to its end");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), text);
    }

    private static List<String> rows(Path file) {
        List<String> rows = new ArrayList<>();
        new TableFile(file, _ -> {})
                .read(List.of("who", "item"), row -> rows.add(row.line() + ": " + row.text(0) + " " + row.text(1)));
        return rows;
    }
}
