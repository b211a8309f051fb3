package dev.tiebreak.rlhf.data;

import static dev.tiebreak.rlhf.data.Passage.conversation;
import static dev.tiebreak.rlhf.data.Passage.text;
import static dev.tiebreak.rlhf.tokenizer.ChatMessage.assistant;
import static dev.tiebreak.rlhf.tokenizer.ChatMessage.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.tokenizer.BpeTrainer;
import dev.tiebreak.rlhf.tokenizer.ByteLevelBpe;
import dev.tiebreak.rlhf.tokenizer.ChatTemplate;
import dev.tiebreak.rlhf.tokenizer.SpecialTokens;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenisationTest {
    @TempDir
    static Path folder;

    private static Tokenizer chat;
    private static Tokenizer base;

    @BeforeAll
    static void train() throws IOException {
        ByteLevelBpe chatBpe = new BpeTrainer(300, 1, SpecialTokens.chatMl())
                .add("the the then")
                .train();
        chatBpe.writeTo(Files.createDirectory(folder.resolve("chat")), Optional.of(ChatTemplate.CHATML));
        chat = Tokenizer.load(folder.resolve("chat"));
        SpecialTokens special = new SpecialTokens(Optional.of("<s>"), "</s>", "<pad>", List.of());
        ByteLevelBpe baseBpe =
                new BpeTrainer(300, 1, special).add("the the then").train();
        baseBpe.writeTo(Files.createDirectory(folder.resolve("base")), Optional.empty());
        base = Tokenizer.load(folder.resolve("base"));
    }

    @AfterAll
    static void close() {
        chat.close();
        base.close();
    }

    @Test
    void plain_text_begins_with_bos_where_the_model_has_one_and_ends_with_eos() {
        PassageTokeniser.Pair pair = new PassageTokeniser(base).pair(text("sky"), text(" blue"));
        assertThat(base.decode(pair.prompt())).isEqualTo("<s>sky");
        assertThat(base.decode(pair.completion())).isEqualTo(" blue</s>");
        assertThat(pair.prefixHolds()).isTrue();
    }

    @Test
    void eos_and_bos_already_written_are_not_doubled() {
        PassageTokeniser.Pair pair = new PassageTokeniser(base).pair(text("<s>sky"), text(" blue</s>"));
        assertThat(base.decode(pair.prompt())).isEqualTo("<s>sky");
        assertThat(base.decode(pair.completion())).isEqualTo(" blue</s>");
    }

    @Test
    void a_conversation_is_what_the_template_says_and_nothing_more() {
        PassageTokeniser.Pair pair =
                new PassageTokeniser(chat).pair(conversation(user("Hi")), conversation(assistant("Hello")));
        assertThat(chat.decode(pair.prompt())).isEqualTo("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
        assertThat(chat.decode(pair.completion())).isEqualTo("Hello<|im_end|>\n");
        assertThat(pair.prefixHolds()).isTrue();
    }

    @Test
    void without_a_template_training_continues_exactly_what_generation_starts_from() {
        PassageTokeniser tokeniser = new PassageTokeniser(base);
        Passage prompt = conversation(user("Hi"), assistant("Yes?"), user("the sky"));
        PassageTokeniser.Pair pair = tokeniser.pair(prompt, conversation(assistant("then blue")));
        assertThat(pair.prefixHolds()).isTrue();
        assertThat(base.decode(tokeniser.prompt(prompt)))
                .isEqualTo("<s>\n\nHuman: Hi\n\nAssistant: Yes?</s>\n\nHuman: the sky\n\nAssistant:");
        assertThat(base.decode(pair.completion())).isEqualTo(" then blue</s>");
    }

    @Test
    void a_token_across_the_seam_is_counted() {
        PreferenceTokeniser tokeniser = new PreferenceTokeniser(chat, 64, Overlength.CUT);
        PreferenceRow across = new PreferenceRow(text("th"), text("e sky"), text(" x"));
        TokenisedRows<PreferenceExample> rows = tokeniser.tokenise(List.of(across));
        assertThat(rows.counts().seamBroken()).isEqualTo(1);
        assertThat(rows.examples().getFirst().prompt()).isEmpty();
        assertThat(chat.decode(rows.prompts().getFirst())).isEqualTo("th"); // as generation meets it
        PreferenceRow clean = new PreferenceRow(text("the"), text(" x"), text(" y"));
        assertThat(tokeniser.tokenise(List.of(clean)).counts().seamBroken()).isZero();
    }

    @Test
    void a_completion_begins_with_the_token_that_spans_the_seam_and_both_of_a_pair_begin_there() {
        PassageTokeniser tokeniser = new PassageTokeniser(chat);
        List<PassageTokeniser.Pair> pairs = tokeniser.pairs(text("th"), List.of(text("e sky"), text(" x")));
        assertThat(pairs).allSatisfy(pair -> {
            assertThat(pair.prompt()).isEmpty();
            assertThat(chat.decode(pair.alone())).isEqualTo("th");
        });
        assertThat(chat.decode(pairs.get(0).completion())).isEqualTo("the sky<|im_end|>");
        assertThat(chat.decode(pairs.get(1).completion())).isEqualTo("th x<|im_end|>");
    }

    @Test
    void dpo_cuts_completions_and_drops_a_row_whose_prompt_fills_the_length() {
        List<PreferenceRow> rows = List.of(
                new PreferenceRow(text("abc"), text("xxxxxxxx"), text("y")),
                new PreferenceRow(text("abcdef"), text("x"), text("y")));
        TokenisedRows<PreferenceExample> result = new PreferenceTokeniser(chat, 6, Overlength.CUT).tokenise(rows);
        assertThat(result.examples()).hasSize(1);
        assertThat(chat.decode(result.examples().getFirst().chosen())).isEqualTo("xxx");
        assertThat(chat.decode(result.examples().getFirst().rejected())).isEqualTo("y<|im_end|>");
        assertThat(result.counts()).isEqualTo(new TokenCounts(2, 1, 1, 0, 1, 0, 11));
        assertThat(result.counts().summary())
                .isEqualTo("1 of 2 rows, 11 tokens; 1 dropped as too long; 1 cut to length");
    }

    @Test
    void a_reward_model_never_sees_a_pair_that_was_cut() {
        PreferenceRow row = new PreferenceRow(text("abc"), text("xxxxxxxx"), text("y"));
        TokenisedRows<PreferenceExample> result =
                new PreferenceTokeniser(chat, 6, Overlength.DROP).tokenise(List.of(row, row));
        assertThat(result.examples()).isEmpty();
        assertThat(result.counts().tooLong()).isEqualTo(2);
    }

    @Test
    void a_lone_token_is_nothing_to_predict_but_something_to_score() {
        var onlyTheEnd = new PreferenceRow(text(""), text(""), text("the"));
        assertThat(new PreferenceTokeniser(chat, 10, Overlength.CUT)
                        .tokenise(List.of(onlyTheEnd))
                        .counts()
                        .empty())
                .isOne();
        assertThat(new PreferenceTokeniser(chat, 10, Overlength.DROP)
                        .tokenise(List.of(onlyTheEnd))
                        .counts()
                        .kept())
                .isOne();
        var texts = List.of(new TextRow(Optional.empty(), text("")), new TextRow(Optional.empty(), text("the")));
        TokenisedRows<TextExample> result = new TextTokeniser(chat, 10).tokenise(texts);
        assertThat(result.counts().empty()).isOne();
        assertThat(result.examples()).hasSize(1);
    }

    @Test
    void margin_and_soft_label_stay_with_their_pair() {
        PreferenceRow row =
                new PreferenceRow(text("a"), text("b"), text("c"), OptionalDouble.of(0.5), OptionalDouble.of(0.9));
        PreferenceExample example = new PreferenceTokeniser(chat, 64, Overlength.DROP)
                .tokenise(List.of(row))
                .examples()
                .getFirst();
        assertThat(example.margin()).hasValue(0.5);
        assertThat(example.softLabel()).hasValue(0.9);
    }

    @Test
    void text_rows_are_learnt_whole_and_prompted_ones_after_the_prompt() throws IOException {
        Path file = Files.writeString(folder.resolve("sft.jsonl"), """
                {"text": "the sky"}
                {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}
                {"prompt": "the", "completion": " sky"}
                {"prompt": [{"role": "user", "content": "a"}], "completion": "b"}
                """);
        try (TextReader reader = TextReader.open(file)) {
            List<TextExample> examples =
                    new TextTokeniser(chat, 64).tokenise(reader).examples();
            assertThat(examples)
                    .extracting(example -> chat.decode(example.prompt()))
                    .containsExactly("", "", "the", "<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\n");
            assertThat(examples)
                    .extracting(example -> chat.decode(example.completion()))
                    .containsExactly(
                            "the sky<|im_end|>",
                            "<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n",
                            " sky<|im_end|>",
                            "b<|im_end|>\n");
        }
    }

    @Test
    void labelled_rows_are_cut_and_ranked_and_rated_ones_dropped_as_those_of_a_reward_model() {
        TokenisedRows<LabelledExample> labelled = new LabelledTokeniser(chat, 6)
                .tokenise(List.of(
                        new LabelledRow(text("abc"), text("xxxxxxxx"), true),
                        new LabelledRow(text("abcdef"), text("x"), false),
                        new LabelledRow(text("ab"), text("y"), false)));
        assertThat(labelled.examples())
                .extracting(example -> chat.decode(example.completion()) + example.desirable())
                .containsExactly("xxxtrue", "y<|im_end|>false");
        assertThat(labelled.counts()).isEqualTo(new TokenCounts(3, 2, 1, 0, 1, 0, 10));

        TokenisedRows<RankedExample> ranked = new RankedTokeniser(chat, 6)
                .tokenise(List.of(
                        new RankedRow(text("ab"), List.of(text("x"), text("yz"), text("")), List.of(1, 2, 2)),
                        new RankedRow(text("ab"), List.of(text("x"), text("yyyyyyy")), List.of(1, 2))));
        RankedExample example = ranked.examples().getFirst();
        assertThat(chat.decode(example.prompt())).isEqualTo("ab");
        assertThat(example.completions())
                .extracting(chat::decode)
                .containsExactly("x<|im_end|>", "yz<|im_end|>", "<|im_end|>");
        assertThat(example.ranks()).containsExactly(1, 2, 2);
        assertThat(ranked.counts()).isEqualTo(new TokenCounts(2, 1, 1, 0, 0, 0, 12));

        TokenisedRows<RatedExample> rated = new RatedTokeniser(chat, 4)
                .tokenise(List.of(new RatedRow(text("ab"), text("x"), 4.5), new RatedRow(text("ab"), text("xy"), 1)));
        assertThat(rated.examples()).extracting(RatedExample::rating).containsExactly(4.5);
        assertThat(rated.counts().tooLong()).isOne();
    }

    @Test
    void a_row_tells_what_it_was_before_it_was_cut_or_dropped() {
        LabelledTokeniser tokeniser = new LabelledTokeniser(chat, 6);
        TokenisedRow<LabelledExample> cut = tokeniser.tokenise(new LabelledRow(text("abc"), text("xxxxxxxx"), true));
        assertThat(cut.fate()).isEqualTo(TokenisedRow.Fate.CUT);
        assertThat(cut.sequences().getFirst().length()).isEqualTo(12);
        TokenisedRow<LabelledExample> dropped = tokeniser.tokenise(new LabelledRow(text("abcdef"), text("x"), true));
        assertThat(dropped.fate()).isEqualTo(TokenisedRow.Fate.TOO_LONG);
        assertThat(dropped.example()).isEmpty();
        assertThat(dropped.sequences().getFirst().length()).isEqualTo(8);
    }
}
