package dev.tiebreak.rlhf.torch;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/// A TorchScript program made in Java, compiled by libtorch when loaded, called with gradients flowing through.
///
/// Arguments are [Tensor], `List<Tensor>`, `long[]` (List\[int\]), integers, doubles and booleans.
/// A program with list attributes keeps state between calls, so it belongs to one thread.
public final class TorchProgram implements AutoCloseable {
    private final PtSymbolBlock module;

    private TorchProgram(PtSymbolBlock module) {
        this.module = module;
    }

    /// @throws IllegalStateException when libtorch finds the text wrong, with its message
    static TorchProgram load(TensorScope scope, String source, List<String> listAttributes) {
        var archive = new ByteArrayInputStream(TorchScriptArchive.of(source, listAttributes));
        try {
            return new TorchProgram(JniUtils.loadModule(scope.manager(), archive, false, false));
        } catch (EngineException e) {
            throw new IllegalStateException("a generated TorchScript program does not compile: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a method that returns one tensor, which `scope` then owns.
    public Tensor call(TensorScope scope, String method, Object... arguments) {
        try (IValue result = run(method, arguments)) {
            return new Tensor(result.toTensor(scope.manager()));
        }
    }

    /// Runs a method that returns a list of tensors, which `scope` then owns.
    public List<Tensor> callForList(TensorScope scope, String method, Object... arguments) {
        try (IValue result = run(method, arguments)) {
            return Arrays.stream(result.toTensorArray(scope.manager()))
                    .map(Tensor::new)
                    .toList();
        }
    }

    private IValue run(String method, Object... arguments) {
        IValue[] values = Arrays.stream(arguments).map(TorchProgram::toIValue).toArray(IValue[]::new);
        try {
            return ModuleCall.run(module.getHandle(), method, values);
        } finally {
            Arrays.stream(values).forEach(IValue::close);
        }
    }

    private static IValue toIValue(Object argument) {
        return switch (argument) {
            case Tensor tensor -> IValue.from(tensor.array());
            case Boolean truth -> IValue.from(truth);
            case Integer number -> IValue.from(number.longValue());
            case Long number -> IValue.from(number);
            case Double number -> IValue.from(number);
            case long[] numbers -> IValue.listFrom(numbers);
            case List<?> tensors ->
                IValue.listFrom(tensors.stream().map(t -> ((Tensor) t).array()).toArray(PtNDArray[]::new));
            default -> throw new IllegalArgumentException("no TorchScript argument is made of " + argument.getClass());
        };
    }

    @Override
    public void close() {
        module.close();
    }
}
