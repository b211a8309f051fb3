package dev.tiebreak.rlhf.model;

import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// How a folder, of a whole model or of an adapter, becomes a model in memory.
///
/// @param folder  the whole model, or the adapter's base
/// @param scoring whether the model gets a score head where it has none
/// @param lora    an adapter to begin with
/// @param random  draws what is new
record ModelLoading(
        HuggingFaceFolder folder,
        Optional<AdapterFolder> adapter,
        boolean scoring,
        Optional<LoraConfig> lora,
        RandomGenerator random) {

    static ModelLoading of(Path path, boolean scoring, Optional<LoraConfig> lora, RandomGenerator random) {
        if (!HuggingFaceFolder.isAdapter(path)) {
            return new ModelLoading(HuggingFaceFolder.open(path), Optional.empty(), scoring, lora, random);
        }
        AdapterFolder adapter = AdapterFolder.open(path);
        return new ModelLoading(adapter.base(), Optional.of(adapter), scoring, lora, random);
    }

    ModelFolder load(TorchRuntime runtime) {
        ModelConfig saved = ModelConfigFile.read(folder);
        Tokenizer tokenizer = folder.loadTokenizer();
        try (StoredWeights weights = StoredWeights.open(folder, saved)) {
            ModelConfig config = config(saved, tokenizer);
            Optional<AdapterFolder.Read> read = adapter.map(found -> found.read(config));
            Function<WeightShape, float[]> values = weight -> weight.name().equals(WeightLayout.SCORE)
                    ? score(saved, config, weight, weights, read)
                    : weights.floats(weight);
            Optional<AdapterWeights> adapterWeights = read.map(AdapterFolder.Read::weights)
                    .or(() -> lora.map(chosen -> AdapterWeights.fresh(chosen, config, weights::floats, random)));
            return new ModelFolder(folder, tokenizer, LanguageModel.of(runtime, config, values, adapterWeights));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private ModelConfig config(ModelConfig saved, Tokenizer tokenizer) {
        boolean adapterScores = adapter.isPresent() && adapter.get().head() == Head.SCORE;
        if (!scoring && !adapterScores) {
            return saved;
        }
        boolean newHead = saved.head() == Head.LANGUAGE && !adapterScores;
        int pad = newHead ? folder.requireDistinctPadId(tokenizer) : folder.requirePadId(tokenizer);
        return saved.with(Head.SCORE).withTokens(saved.bosId(), saved.eosIds(), Optional.of(pad));
    }

    private float[] score(
            ModelConfig saved,
            ModelConfig config,
            WeightShape weight,
            StoredWeights weights,
            Optional<AdapterFolder.Read> read) {
        return read.flatMap(AdapterFolder.Read::score)
                .orElseGet(() -> saved.head() == Head.SCORE
                        ? weights.floats(weight)
                        : LanguageModel.freshWeight(config, weight, random));
    }
}
