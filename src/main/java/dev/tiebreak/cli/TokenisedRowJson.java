package dev.tiebreak.cli;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.data.TokenCounts;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import dev.tiebreak.rlhf.trainer.SeenRow;
import dev.tiebreak.rlhf.trainer.SeenSequence;
import java.util.Locale;

/// What training sees of a row, for programs. Labels are those of transformers: the token's id where it is learnt, −100
/// where it is not, over prompt and completion.
final class TokenisedRowJson {
    private static final Gson JSON = new Gson();
    private static final int IGNORED = -100;

    private TokenisedRowJson() {}

    static JsonObject of(SeenRow row, Tokenizer tokenizer) {
        JsonObject json = new JsonObject();
        json.addProperty("row", row.number());
        json.addProperty("fate", row.fate().name().toLowerCase(Locale.ROOT));
        putTokens(json, "prompt", row.sequences().getFirst().prompt(), tokenizer);
        for (SeenSequence sequence : row.sequences()) {
            String name = sequence.name();
            putTokens(json, name, sequence.completion(), tokenizer);
            json.add(name + "_cut_ids", JSON.toJsonTree(sequence.cut()));
            if (sequence.lastScored()) {
                json.addProperty(name + "_scored_at", sequence.learnt().length - 1);
            } else {
                json.add(name + "_labels", JSON.toJsonTree(labels(sequence)));
            }
            json.add(
                    name + "_boundary_merge",
                    Seam.of(sequence, tokenizer)
                            .map(seam -> of(seam, tokenizer))
                            .orElse(JsonNull.INSTANCE));
        }
        return json;
    }

    private static void putTokens(JsonObject json, String name, int[] ids, Tokenizer tokenizer) {
        json.add(name + "_ids", JSON.toJsonTree(ids));
        json.add(name + "_tokens", JSON.toJsonTree(tokenizer.textOfEach(ids)));
    }

    private static int[] labels(SeenSequence sequence) {
        int[] labels = new int[sequence.learnt().length];
        int prompt = sequence.prompt().length;
        for (int i = 0; i < labels.length; i++) {
            int id = i < prompt ? sequence.prompt()[i] : sequence.whole().completion()[i - prompt];
            labels[i] = sequence.learnt()[i] ? id : IGNORED;
        }
        return labels;
    }

    private static JsonElement of(Seam seam, Tokenizer tokenizer) {
        JsonObject json = new JsonObject();
        json.addProperty("at", seam.at());
        putTokens(json, "alone", seam.alone(), tokenizer);
        putTokens(json, "followed", seam.followed(), tokenizer);
        json.addProperty("spanning_token", seam.spanning().orElse(null));
        return json;
    }

    static JsonObject summary(TokenCounts counts, TokenLengths lengths, int maxLength) {
        JsonObject json = new JsonObject();
        json.addProperty("rows", counts.rows());
        json.addProperty("kept", counts.kept());
        json.addProperty("cut", counts.cut());
        json.addProperty("too_long", counts.tooLong());
        json.addProperty("empty", counts.empty());
        json.addProperty("boundary_merges", counts.seamBroken());
        json.addProperty("tokens", counts.tokens());
        json.addProperty("max_length", maxLength);
        json.add("lengths", JSON.toJsonTree(lengths.spreads()));
        return json;
    }
}
