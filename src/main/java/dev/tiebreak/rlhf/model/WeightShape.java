package dev.tiebreak.rlhf.model;

import java.util.List;
import java.util.stream.LongStream;

/// A weight's Hugging Face name and shape.
public record WeightShape(String name, List<Long> shape) {

    static WeightShape of(String name, long... shape) {
        return new WeightShape(name, LongStream.of(shape).boxed().toList());
    }

    /// Every weight of a model, in the order [DecoderProgram] is bound to them: embedding, layers, final norm, head.
    public static List<WeightShape> of(ModelConfig config) {
        return WeightLayout.of(config).all();
    }

    WeightShape under(String prefix) {
        return new WeightShape(prefix + name, shape);
    }

    /// The name without `.weight` or `.bias`.
    String module() {
        return name.substring(0, name.lastIndexOf('.'));
    }

    public boolean isVector() {
        return shape.size() == 1;
    }

    public boolean isBias() {
        return name.endsWith(".bias");
    }

    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
