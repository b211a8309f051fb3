package dev.tiebreak.studio.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.FreezeSettings;
import dev.tiebreak.studio.preference.PreferenceService;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.Roles;
import dev.tiebreak.studio.testing.VotedProject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;

@OnH2
@Import(VotedProject.class)
class ModelCardTest {
    @Autowired
    CheckpointService checkpoints;

    @Autowired
    LineageService lineages;

    @Autowired
    ModelCards cards;

    @Autowired
    CheckpointFiles files;

    @Autowired
    VotedProject voted;

    @Autowired
    PreferenceService preferences;

    @Value("${tiebreak.data}")
    Path data;

    @Test
    void a_trained_models_card_tells_what_it_was_made_from_and_how_well_it_does() throws IOException {
        DatasetVersion version = frozenVersion();
        Checkpoint base = register("small_world", CheckpointKind.BASE, Optional.empty(), Optional.empty(), Map.of());
        Checkpoint policy = register(
                "Talk | <b>DPO</b>",
                CheckpointKind.POLICY,
                Optional.of(base.id()),
                Optional.of(version),
                Map.of("eval_rewards/accuracies", 0.9375));
        Files.writeString(policy.folder().resolveSibling("run.json"), """
                {"method": "dpo", "model": "/somewhere/secret", "device": "cpu", "code_version": "0.1.0",
                 "settings": {"beta": 0.1, "learning_rate": 0.00005}}
                """);
        Checkpoint child =
                register("Talk again", CheckpointKind.POLICY, Optional.of(policy.id()), Optional.empty(), Map.of());

        String card = cards.readme(policy);

        assertThat(card)
                .startsWith("---\nlibrary_name: transformers\npipeline_tag: text-generation\ntags:\n- tiebreak\n- dpo\n"
                        + "---\n\n# Talk \\| \\<b\\>DPO\\</b\\>\n")
                .contains("Trained by Direct Preference Optimization from small\\_world with Tiebreak on cpu, ")
                .contains("frozen from 3 judgments by 2 annotators")
                .contains("- preference pairs: 2 for training, 0 held out")
                .contains("- sha256 of the version: `" + version.sha256() + "`")
                .contains("| eval\\_rewards/accuracies | 0.9375 |\n")
                .contains("| beta | 0.1 |\n")
                .contains("- Trained from: small\\_world\n", "- Trained from this one: Talk again\n")
                .doesNotContain("/somewhere/secret");
        assertThat(lineages.of(policy).ancestors()).containsExactly(base);
        assertThat(lineages.of(child).ancestors()).containsExactly(policy, base);
        assertThat(lineages.of(base).children()).containsExactly(policy);
        assertThat(lineages.dataOf(policy).orElseThrow().title()).endsWith(" v1");
    }

    @Test
    void a_download_is_a_folder_that_transformers_loads_with_its_card_and_no_training_state() throws IOException {
        Checkpoint policy =
                register("Small talk, DPO", CheckpointKind.POLICY, Optional.empty(), Optional.empty(), Map.of());
        for (String name : List.of(
                "config.json",
                "generation_config.json",
                "model.safetensors",
                "tokenizer.json",
                "tokenizer_config.json",
                "optimizer.safetensors.part",
                "trainer_state.json",
                "pytorch_model.bin")) {
            Files.writeString(policy.folder().resolve(name), "the content of " + name);
        }

        Map<String, String> entries = zip(policy);

        assertThat(entries.keySet())
                .containsExactly(
                        "Small-talk-DPO/README.md",
                        "Small-talk-DPO/config.json",
                        "Small-talk-DPO/generation_config.json",
                        "Small-talk-DPO/model.safetensors",
                        "Small-talk-DPO/tokenizer.json",
                        "Small-talk-DPO/tokenizer_config.json");
        assertThat(entries).containsEntry("Small-talk-DPO/README.md", cards.readme(policy));
        assertThat(entries).containsEntry("Small-talk-DPO/model.safetensors", "the content of model.safetensors");
        assertThat(files.bytes(policy))
                .isEqualTo(5L * "the content of ".length()
                        + "config.jsongeneration_config.jsonmodel.safetensorstokenizer.jsontokenizer_config.json"
                                .length());
    }

    @Test
    void a_model_that_brought_its_own_card_keeps_it() throws IOException {
        Checkpoint base = register("mine", CheckpointKind.BASE, Optional.empty(), Optional.empty(), Map.of());
        Files.writeString(base.folder().resolve("README.md"), "# My own words");

        assertThat(zip(base)).containsExactly(Map.entry("mine/README.md", "# My own words"));
    }

    private Map<String, String> zip(Checkpoint checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        files.writeZip(checkpoint, bytes);
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private DatasetVersion frozenVersion() {
        var project = voted.create();
        project.comparison("one", "a", "b").votes("1 2");
        project.comparison("two", "a", "b").votes("1");
        FreezeSettings allTrain = new FreezeSettings(
                1,
                FreezeSettings.VotePolicy.DROP,
                FreezeSettings.VotePolicy.DROP,
                FreezeSettings.MarginRule.NONE,
                0,
                0);
        return Roles.as(() -> preferences.freeze(project.id, allTrain).version(), Role.DATA_LEAD);
    }

    private Checkpoint register(
            String name,
            CheckpointKind kind,
            Optional<CheckpointId> parent,
            Optional<DatasetVersion> version,
            Map<String, Double> metrics)
            throws IOException {
        Path folder = Files.createDirectories(
                data.resolve("runs").resolve(UUID.randomUUID().toString()).resolve("model"));
        return checkpoints.register(new NewCheckpoint(
                name, kind, folder, parent, version.map(DatasetVersion::id), Optional.empty(), metrics));
    }
}
