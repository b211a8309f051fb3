package dev.tiebreak.studio.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.Roles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.security.access.AccessDeniedException;

@OnH2
class ModelLibraryTest {
    @TempDir
    static Path made;

    private static Path base;
    private static Path reward;

    @Autowired
    ModelLibrary library;

    @Autowired
    ModelsFolder models;

    @Autowired
    CheckpointService checkpoints;

    @Value("${tiebreak.data}")
    Path data;

    @BeforeAll
    static void makeModels() throws Exception {
        base = TinyModel.base(made.resolve("base"));
        reward = TinyModel.reward(base, made.resolve("reward"));
    }

    @Test
    void a_zip_of_a_model_becomes_a_base_model_without_pickles_and_training_state() throws IOException {
        Map<String, byte[]> entries = under("my-model/", filesOf(base));
        entries.put("my-model/README.md", bytes("# Mine"));
        entries.put("my-model/pytorch_model.bin", bytes("a pickle"));
        entries.put("my-model/optimizer.pt", bytes("state"));
        entries.put("my-model/checkpoint-5/config.json", bytes("{}"));
        entries.put("__MACOSX/my-model/._config.json", bytes("junk"));

        Checkpoint added = add("mine", entries);

        assertThat(added.kind()).isEqualTo(CheckpointKind.BASE);
        assertThat(added.createdBy()).isEqualTo("somebody");
        assertThat(added.folder()).isEqualTo(data.resolve("models/mine"));
        assertThat(checkpoints.find(added.id())).contains(added);
        assertThat(namesIn(added.folder()))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(namesIn(base).stream(), Stream.of("README.md"))
                        .toList());
        assertThat(added.folder().resolve("model.safetensors"))
                .hasSameBinaryContentAs(base.resolve("model.safetensors"));
    }

    @Test
    void a_model_with_a_score_head_is_a_reward_model() throws IOException {
        assertThat(add("scorer", filesOf(reward)).kind()).isEqualTo(CheckpointKind.REWARD_MODEL);
    }

    @Test
    void what_is_missing_or_wrong_is_named_in_one_line() throws IOException {
        assertRefused(without("config.json"), "the zip holds no config.json");
        assertRefused(without("tokenizer.json"), "tokenizer.json is missing");
        assertRefused(
                without("model.safetensors"), "neither model.safetensors nor model.safetensors.index.json is there");
        assertRefused(
                with("tokenizer.json", bytes("{")),
                "tokenizer.json: is not valid JSON: End of input at line 1" + " column 2 path $.");
        byte[] weights = Files.readAllBytes(base.resolve("model.safetensors"));
        assertRefused(
                with("model.safetensors", Arrays.copyOf(weights, weights.length - 4)),
                "model.safetensors: tensor 'model.norm.weight' ends at byte");
        assertRefused(
                with("config.json", config("hidden_size", "64")),
                "tensor 'model.embed_tokens.weight' has the" + " shape [270, 32], but config.json asks for [270, 64]");
        assertRefused(
                with("config.json", config("num_hidden_layers", "3")),
                "tensor" + " 'model.layers.2.input_layernorm.weight' is missing");
        assertRefused(
                with("config.json", config("num_hidden_layers", "900000000")),
                "config.json:" + " num_hidden_layers is 900000000, but there are only 20 tensors");
        assertRefused(
                with("config.json", config("architectures", "[\"MambaForCausalLM\"]")),
                "config.json:" + " 'architectures' is MambaForCausalLM");
    }

    @Test
    void what_is_no_zip_is_refused() {
        assertThatThrownBy(() -> add("torn", new ByteArrayInputStream(bytes("hello"))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("this is no zip file that can be read: ");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../config.json", "a/../../evil.json", "/etc/evil.json", "a\\..\\evil.json", "C:/evil.json"})
    void an_entry_that_points_outside_of_the_zip_is_refused(String name) throws IOException {
        assertRefused(with(name, bytes("{}")), "the zip has an entry that points outside of it: '" + name + "'");
        assertThat(data.resolve("evil.json")).doesNotExist();
        assertThat(data.resolve("config.json")).doesNotExist();
    }

    @Test
    void two_models_in_one_zip_are_refused() throws IOException {
        Map<String, byte[]> both = under("one/", filesOf(base));
        both.putAll(under("two/", filesOf(base)));
        assertRefused(both, "the zip holds more than one model: 'one/config.json' and 'two/config.json'");
    }

    @Test
    void a_bomb_is_stopped_after_a_hundred_times_its_size() throws IOException {
        assertRefused(
                Map.of("config.json", new byte[30_000_000]), "'config.json' unpacks to more than "); // 30 kB as a zip
    }

    @Test
    void a_name_that_is_taken_or_no_folder_name_is_refused_before_anything_is_read() throws IOException {
        add("taken", filesOf(base));
        assertThatThrownBy(() -> add("taken", new ByteArrayInputStream(new byte[0])))
                .hasMessage("There is a model called 'taken' already: choose another name.");
        for (String name : List.of("", ".hidden", "../up", "a/b", "a b", "x".repeat(81))) {
            assertThatThrownBy(() -> add(name, new ByteArrayInputStream(new byte[0])))
                    .hasMessageStartingWith("A model's name has 1 to 80 letters");
        }
        assertNothingIsLeft();
    }

    @Test
    void data_leads_and_annotators_may_not_add_models() {
        for (Role role : List.of(Role.DATA_LEAD, Role.ANNOTATOR)) {
            assertThatThrownBy(() -> Roles.as(() -> library.add("sly", new ByteArrayInputStream(new byte[0])), role))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Roles.as(library::lookAgain, role)).isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void a_start_finds_folders_and_the_sample_model_once_and_tells_of_those_it_cannot_use() throws IOException {
        Path sampleData = Files.createTempDirectory("sample");
        copy(base, sampleData.resolve("model"));
        copy(base, models.created().resolve("by-hand"));
        Files.createDirectories(models.root().resolve("empty"));
        Path torn = Files.createFile(models.root().resolve(".torn.zip"));
        BaseModels start = new BaseModels(models, library, true, sampleData);

        start.run(new DefaultApplicationArguments());
        start.run(new DefaultApplicationArguments());

        assertThat(checkpoints.ofKind(CheckpointKind.BASE))
                .extracting(Checkpoint::name)
                .containsOnlyOnce("by-hand", BaseModels.SAMPLE_NAME)
                .doesNotContain("empty");
        assertThat(torn).doesNotExist();
        assertThat(Roles.as(library::lookAgain, Role.ML_ENGINEER)).containsExactly("empty: config.json is missing");
        Files.delete(models.root().resolve("empty"));
    }

    private Checkpoint add(String name, Map<String, byte[]> entries) throws IOException {
        return add(name, new ByteArrayInputStream(zip(entries)));
    }

    private Checkpoint add(String name, ByteArrayInputStream zip) {
        return Roles.as(() -> library.add(name, zip), Role.ML_ENGINEER);
    }

    private void assertRefused(Map<String, byte[]> entries, String reason) {
        assertThatThrownBy(() -> add("refused", entries))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith(reason)
                .hasMessageNotContaining(data.toString());
        assertThat(models.root().resolve("refused")).doesNotExist();
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(namesIn(models.root())).noneMatch(name -> name.startsWith("."));
    }

    private static Map<String, byte[]> with(String name, byte[] content) throws IOException {
        Map<String, byte[]> files = filesOf(base);
        files.put(name, content);
        return files;
    }

    private static Map<String, byte[]> without(String name) throws IOException {
        Map<String, byte[]> files = filesOf(base);
        files.remove(name);
        return files;
    }

    private static byte[] config(String key, String json) throws IOException {
        var config = JsonFile.read(base.resolve("config.json"));
        config.add(key, JsonParser.parseString(json));
        return bytes(config.toString());
    }

    private static Map<String, byte[]> filesOf(Path folder) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : namesIn(folder)) {
            files.put(name, Files.readAllBytes(folder.resolve(name)));
        }
        return files;
    }

    private static Map<String, byte[]> under(String prefix, Map<String, byte[]> files) {
        Map<String, byte[]> moved = new LinkedHashMap<>();
        files.forEach((name, content) -> moved.put(prefix + name, content));
        return moved;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void copy(Path folder, Path target) throws IOException {
        Files.createDirectories(target);
        for (String name : namesIn(folder)) {
            Files.copy(folder.resolve(name), target.resolve(name));
        }
    }

    private static List<String> namesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
