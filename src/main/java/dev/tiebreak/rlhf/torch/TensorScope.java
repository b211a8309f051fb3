package dev.tiebreak.rlhf.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/// Owns the tensors made in it and frees them all when it closes: one per step, one for the parameters of a job.
public final class TensorScope implements AutoCloseable {
    private final PtNDManager manager;

    TensorScope(PtNDManager manager) {
        this.manager = manager;
    }

    PtNDManager manager() {
        return manager;
    }

    /// A scope inside this one; it also closes when this one does.
    public TensorScope sub() {
        return new TensorScope((PtNDManager) manager.newSubManager());
    }

    public Tensor floats(float[] values, long... shape) {
        return create(FloatBuffer.wrap(values), DataType.FLOAT32, shape);
    }

    public Tensor longs(long[] values, long... shape) {
        return create(LongBuffer.wrap(values), DataType.INT64, shape);
    }

    public Tensor zeros(long... shape) {
        return new Tensor((PtNDArray) manager.zeros(new Shape(shape), DataType.FLOAT32));
    }

    private Tensor create(Buffer values, DataType type, long... shape) {
        return new Tensor(manager.create(values, new Shape(shape), type));
    }

    @Override
    public void close() {
        manager.close();
    }
}
