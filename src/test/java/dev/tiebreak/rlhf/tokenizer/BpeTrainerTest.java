package dev.tiebreak.rlhf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpeTrainerTest {
    private static final SpecialTokens SPECIAL = SpecialTokens.chatMl();

    @TempDir
    Path folder;

    @Test
    void the_merges_are_those_of_hugging_faces_trainer_on_the_same_corpus() {
        ByteLevelBpe bpe = trainedOnFixture(340);
        assertThat(bpe.merges().stream().map(merge -> merge.left() + " " + merge.right()))
                .containsExactlyElementsOf(HuggingFaceFixture.merges());
    }

    @Test
    void the_written_tokenizer_gives_the_ids_of_hugging_faces() throws IOException {
        trainedOnFixture(340).writeTo(folder, Optional.of(ChatTemplate.CHATML));
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            for (HuggingFaceFixture.Text each : HuggingFaceFixture.texts()) {
                assertThat(tokenizer.encode(each.text())).as(each.text()).isEqualTo(each.ids());
            }
        }
    }

    @Test
    void a_vocabulary_stops_at_the_size_asked_for() {
        assertThat(trainedOnFixture(270).tokens()).hasSize(270);
    }

    @Test
    void a_pair_rarer_than_the_minimum_is_not_merged() {
        ByteLevelBpe bpe =
                new BpeTrainer(1000, 3, SPECIAL).add("ab ab ab cd cd").train();
        assertThat(bpe.merges())
                .extracting(merge -> merge.left() + merge.right())
                .containsExactly("ab");
    }

    @Test
    void any_text_comes_back_from_its_ids() throws IOException {
        trainedOnFixture(340).writeTo(folder, Optional.empty());
        SplittableRandom random = new SplittableRandom(7);
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            for (int round = 0; round < 500; round++) {
                String text = randomText(random);
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            }
        }
    }

    @Test
    void special_tokens_are_declared_for_transformers_old_and_new() throws IOException {
        trainedOnFixture(340).writeTo(folder, Optional.of(ChatTemplate.CHATML));
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.padId()).hasValue(0);
            assertThat(tokenizer.eosId()).hasValue(1);
            assertThat(tokenizer.bosId()).isEmpty();
            assertThat(tokenizer.addsBos()).isFalse();
            assertThat(tokenizer.vocabSize()).isEqualTo(325);
            assertThat(tokenizer.chatTemplate().render(List.of(ChatMessage.user("hi")), true))
                    .isEqualTo("<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n");
        }
        assertThat(folder.resolve("chat_template.jinja")).hasContent(ChatTemplate.CHATML);
    }

    @Test
    void a_tokenizer_with_a_bos_token_says_that_plain_text_begins_with_it() throws IOException {
        SpecialTokens special = new SpecialTokens(Optional.of("<s>"), "</s>", "<pad>", List.of());
        new BpeTrainer(300, 2, special).add("so it is").train().writeTo(folder, Optional.empty());
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.addsBos()).isTrue();
            assertThat(tokenizer.bosId()).hasValue(1);
            assertThat(tokenizer.encode("<s>a")).startsWith(1).hasSize(2);
        }
    }

    @Test
    void padding_with_the_end_of_sequence_token_is_refused() {
        assertThatThrownBy(() -> new SpecialTokens(Optional.empty(), "</s>", "</s>", List.of()))
                .hasMessage("pad and eos must differ, both are '</s>'");
    }

    @Test
    void a_vocabulary_too_small_for_the_bytes_is_refused() {
        assertThatThrownBy(() -> new BpeTrainer(200, 2, SPECIAL))
                .hasMessage("vocabulary of 200 tokens cannot hold the bytes and special tokens: 259");
    }

    private static ByteLevelBpe trainedOnFixture(int vocabSize) {
        BpeTrainer trainer = new BpeTrainer(vocabSize, 2, SPECIAL);
        HuggingFaceFixture.corpus().forEach(trainer::add);
        return trainer.train();
    }

    /// Code points of every plane, surrogates left out: they have no UTF-8 form.
    private static String randomText(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            int bound = List.of(0x80, 0x800, 0x10000, 0x110000).get(random.nextInt(4));
            int point = random.nextInt(bound);
            text.appendCodePoint(Character.getType(point) == Character.SURROGATE ? ' ' : point);
        }
        return text.toString();
    }
}
