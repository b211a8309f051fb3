package dev.tiebreak.rlhf.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A model as transformers saves and loads it: `config.json`, weights, tokenizer.
public final class HuggingFaceFolder {
    private final Path path;
    private final JsonObject config;
    private final Path tokenizer;

    private HuggingFaceFolder(Path path, JsonObject config, Path tokenizer) {
        this.path = path;
        this.config = config;
        this.tokenizer = tokenizer;
    }

    /// Checks that everything a model needs is there; reads only `config.json`.
    ///
    /// @throws CheckpointException naming the file that is missing or broken
    public static HuggingFaceFolder open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(folder + ": no such model folder");
        }
        if (isAdapter(folder)) {
            throw new CheckpointException(
                    folder + ": is an adapter, not a whole model; 'tiebreak convert' merges it into its base model");
        }
        require(folder, "config.json");
        require(folder, "tokenizer.json");
        if (!hasWeights(folder)) {
            throw new CheckpointException(
                    folder + ": neither model.safetensors nor model.safetensors.index.json is there"
                            + (Files.exists(folder.resolve("pytorch_model.bin"))
                                    ? "; pytorch_model.bin is a pickle, save the model as safetensors"
                                    : ""));
        }
        try {
            return new HuggingFaceFolder(folder, JsonFile.read(folder.resolve("config.json")), folder);
        } catch (WrongInputException e) {
            throw new CheckpointException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Whether a folder holds an adapter, as PEFT saves it, and no model of its own; some trainers copy the base's
    /// `config.json` beside it.
    public static boolean isAdapter(Path folder) {
        return Files.exists(folder.resolve("adapter_config.json")) && !hasWeights(folder);
    }

    private static boolean hasWeights(Path folder) {
        return Files.exists(folder.resolve("model.safetensors"))
                || Files.exists(folder.resolve("model.safetensors.index.json"));
    }

    /// The same model with the tokenizer, and what else a trained model carries on, of another folder.
    public HuggingFaceFolder withTokenizerOf(Path folder) {
        return new HuggingFaceFolder(path, config, folder);
    }

    public Path path() {
        return path;
    }

    /// `config.json` as it stands; a copy, free to change.
    public JsonObject config() {
        return config.deepCopy();
    }

    public Safetensors openWeights() {
        return Safetensors.openFolder(path);
    }

    /// The tokenizer, checked against the model: every id it can produce has a row in the embedding.
    public Tokenizer loadTokenizer() {
        Tokenizer tokenizer = Tokenizer.load(this.tokenizer, path);
        int rows = wholeNumber("vocab_size").orElse(Integer.MAX_VALUE);
        if (tokenizer.vocabSize() > rows) {
            int size = tokenizer.vocabSize();
            tokenizer.close();
            throw new CheckpointException(this.tokenizer + ": tokenizer.json has ids up to " + (size - 1)
                    + ", but config.json says vocab_size " + rows);
        }
        return tokenizer;
    }

    /// The id a batch is filled up with: `pad_token_id` of the configuration, else the tokenizer's.
    ///
    /// @throws CheckpointException when neither names one; a reward model cannot be scored in batches without it
    public int requirePadId(Tokenizer tokenizer) {
        OptionalInt configured = wholeNumber("pad_token_id");
        return configured.isPresent()
                ? configured.getAsInt()
                : tokenizer
                        .padId()
                        .orElseThrow(() -> new CheckpointException(path
                                + ": no pad token; set 'pad_token' in tokenizer_config.json to a token of its own"));
    }

    /// The pad id that a new reward model is saved with. transformers scores the last token that is not padding, so a
    /// model whose end is also its pad would be scored one token too early there.
    ///
    /// @throws CheckpointException when there is none, or when it also ends texts
    public int requireDistinctPadId(Tokenizer tokenizer) {
        int pad = requirePadId(tokenizer);
        if (tokenizer.stopIds().contains(pad)) {
            throw new CheckpointException(path + ": the pad token " + pad + " also ends texts; set 'pad_token_id' in"
                    + " config.json to the id of another token, which no text holds");
        }
        return pad;
    }

    /// SHA-256 in hex over names and bytes of every file in the folder, in name order.
    public String sha256() throws IOException {
        return sha256(path);
    }

    /// The same of any folder.
    public static String sha256(Path path) throws IOException {
        MessageDigest digest = newSha256();
        List<Path> files;
        try (Stream<Path> list = Files.list(path)) {
            files = list.filter(Files::isRegularFile).sorted().toList();
        }
        byte[] buffer = new byte[1 << 16];
        for (Path file : files) {
            digest.update((file.getFileName() + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// What new models take over from this one, read now: a training checkpoint is deleted while its run goes on.
    ///
    /// @throws CheckpointException when a file cannot be read
    public Companions companions() {
        return Companions.read(tokenizer, path);
    }

    /// Writes a new model beside this one's tokenizer, as [Companions#writeDerived].
    public void writeDerived(Path target, JsonObject newConfig, Companions.Weights weights) throws IOException {
        companions().writeDerived(target, newConfig, weights);
    }

    private OptionalInt wholeNumber(String key) {
        JsonElement value = config.get(key);
        return value instanceof JsonPrimitive number && number.getAsString().matches("[0-9]{1,9}")
                ? OptionalInt.of(number.getAsInt())
                : OptionalInt.empty();
    }

    private static void require(Path folder, String name) {
        if (!Files.exists(folder.resolve(name))) {
            throw new CheckpointException(folder + ": " + name + " is missing");
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
