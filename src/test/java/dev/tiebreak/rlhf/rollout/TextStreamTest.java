package dev.tiebreak.rlhf.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.tokenizer.BpeTrainer;
import dev.tiebreak.rlhf.tokenizer.SpecialTokens;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextStreamTest {
    @TempDir
    Path folder;

    @Test
    void a_character_whose_bytes_come_one_by_one_is_shown_once_it_is_whole() throws IOException {
        String text = "a é 漢字 🎉👩‍👩‍👧 end";
        try (Tokenizer tokenizer = bytesOnly()) {
            TextStream stream = new TextStream(tokenizer);
            StringBuilder shown = new StringBuilder();
            for (int token : tokenizer.encode(text)) {
                String delta = stream.add(new int[] {token});
                assertThat(delta).doesNotContain("\uFFFD");
                shown.append(delta);
                assertThat(text).startsWith(shown);
            }
            assertThat(shown).hasToString(text);
            assertThat(stream.end()).isEmpty();
        }
    }

    @Test
    void a_character_that_is_never_completed_is_shown_as_broken_at_the_end() throws IOException {
        try (Tokenizer tokenizer = bytesOnly()) {
            int[] whole = tokenizer.encode("ok 漢");
            TextStream stream = new TextStream(tokenizer);
            assertThat(stream.add(Arrays.copyOf(whole, whole.length - 1))).isEqualTo("ok ");
            assertThat(stream.end()).matches("\uFFFD+");
        }
    }

    private Tokenizer bytesOnly() throws IOException {
        SpecialTokens special = SpecialTokens.chatMl();
        new BpeTrainer(256 + special.all().size(), 2, special).add("a").train().writeTo(folder, Optional.empty());
        return Tokenizer.load(folder);
    }
}
