package dev.tiebreak.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackingTest {
    /// Written by `src/test/scripts/packing_fixture.py` with TRL's `pack_dataset`.
    private static final Path ORACLE = Path.of("src/test/resources/rlhf/data/packing.json");

    /// The example of TRL's `pack_dataset`.
    private static final List<TextExample> EXAMPLE = documents(5, 2, 3, 1);

    @ParameterizedTest
    @EnumSource(PackingStrategy.class)
    void packs_are_those_of_trl(PackingStrategy strategy) throws IOException {
        try (Reader json = Files.newBufferedReader(ORACLE)) {
            for (JsonElement each : JsonParser.parseReader(json).getAsJsonArray()) {
                JsonObject example = each.getAsJsonObject();
                List<TextExample> documents = documents(ints(example.get("lengths")));
                int size = example.get("size").getAsInt();
                JsonArray expected = example.getAsJsonObject("packs").getAsJsonArray(strategy.setting());
                assertThat(runs(strategy.pack(documents, size))).isEqualTo(runs(expected));
            }
        }
    }

    @Test
    void the_longest_come_first_and_each_fills_a_pack_as_far_as_it_can() {
        assertThat(tokens(PackingStrategy.BFD.pack(EXAMPLE, 4)))
                .containsExactly(List.of("1 2 3 4"), List.of("8 9 10", "11"), List.of("6 7"));
    }

    @Test
    void what_is_too_long_goes_on_where_there_is_room() {
        assertThat(tokens(PackingStrategy.BFD_SPLIT.pack(EXAMPLE, 4)))
                .containsExactly(List.of("1 2 3 4"), List.of("8 9 10", "5"), List.of("6 7", "11"));
    }

    @Test
    void wrapped_documents_end_anywhere() {
        assertThat(tokens(PackingStrategy.WRAPPED.pack(EXAMPLE, 4)))
                .containsExactly(List.of("1 2 3 4"), List.of("5 6 7 8"), List.of("9 10 11"));
    }

    @ParameterizedTest
    @EnumSource(PackingStrategy.class)
    void what_is_learnt_stays_with_its_token(PackingStrategy strategy) {
        List<TextExample> documents = List.of(
                new TextExample(new int[] {1, 2, 3}, new int[] {4, 5, 6, 7}),
                new TextExample(new int[] {11}, new int[] {12, 13}, new boolean[] {false, true}));
        for (Pack pack : strategy.pack(documents, 5)) {
            for (TextExample document : pack.documents()) {
                for (int i = 0; i < document.length(); i++) {
                    int token = document.tokens()[i];
                    boolean learnt = token == 13 || (token > 3 && token < 11);
                    assertThat(document.marks()[i]).as("token %d", token).isEqualTo(learnt);
                }
            }
        }
    }

    @Test
    void the_first_token_of_each_document_of_a_pack_is_not_predicted() {
        List<Pack> packs = PackingStrategy.BFD.pack(documents(3, 1), 4);
        assertThat(packs).hasSize(1);
        assertThat(packs.getFirst().length()).isEqualTo(4);
        assertThat(packs.getFirst().predicted()).isEqualTo(2);
        List<Pack> wrapped = PackingStrategy.WRAPPED.pack(documents(3, 1), 4);
        assertThat(wrapped.getFirst().predicted()).isEqualTo(3);
    }

    /// Token ids count on from 1.
    private static List<TextExample> documents(int... lengths) {
        List<TextExample> documents = new ArrayList<>();
        int next = 1;
        for (int length : lengths) {
            documents.add(new TextExample(
                    new int[0], IntStream.range(next, next + length).toArray()));
            next += length;
        }
        return documents;
    }

    private static List<List<String>> tokens(List<Pack> packs) {
        return packs.stream()
                .map(pack -> pack.documents().stream()
                        .map(document -> String.join(
                                " ",
                                Arrays.stream(document.tokens())
                                        .mapToObj(String::valueOf)
                                        .toList()))
                        .toList())
                .toList();
    }

    /// First token, counted from 0, and length of each document.
    private static List<List<List<Integer>>> runs(List<Pack> packs) {
        return packs.stream()
                .map(pack -> pack.documents().stream()
                        .map(document -> List.of(document.tokens()[0] - 1, document.length()))
                        .toList())
                .toList();
    }

    private static List<List<List<Integer>>> runs(JsonArray packs) {
        return stream(packs)
                .map(pack -> stream(pack)
                        .map(run -> Arrays.stream(ints(run)).boxed().toList())
                        .toList())
                .toList();
    }

    private static int[] ints(JsonElement array) {
        return stream(array).mapToInt(JsonElement::getAsInt).toArray();
    }

    private static Stream<JsonElement> stream(JsonElement array) {
        return array.getAsJsonArray().asList().stream();
    }
}
