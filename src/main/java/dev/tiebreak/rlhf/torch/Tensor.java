package dev.tiebreak.rlhf.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A libtorch tensor that lives until its [TensorScope] closes.
public final class Tensor {
    private final PtNDArray array;

    Tensor(PtNDArray array) {
        this.array = array;
    }

    PtNDArray array() {
        return array;
    }

    public long[] shape() {
        return array.getShape().getShape();
    }

    public long size() {
        return array.size();
    }

    /// Values in row-major order; the tensor must be float32.
    public float[] floats() {
        return array.toFloatArray();
    }

    /// Values in row-major order; the tensor must be int64.
    public long[] longs() {
        return array.toLongArray();
    }

    /// The bytes of a float32 tensor, little endian, in direct memory.
    public ByteBuffer bytes() {
        if (array.getDataType() != DataType.FLOAT32) {
            throw new IllegalStateException("only float32 tensors have readable bytes, not " + array.getDataType());
        }
        return array.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Marks this leaf as a parameter: backward passes add to its gradient.
    public Tensor trainable() {
        array.setRequiresGradient(true);
        return this;
    }

    /// Sends `gradient` (same shape) backwards through everything that made this tensor.
    /// On a leaf it adds to the leaf's own gradient.
    public void backward(Tensor gradient) {
        JniUtils.backward(array, gradient.array, false, false);
    }

    /// Whether [#trainable] was said of this leaf.
    public boolean isTrainable() {
        return array.hasGradient();
    }

    /// The gradient gathered so far, itself, for as long as `scope` lives; the tensor must have received one.
    public Tensor gradient(TensorScope scope) {
        PtNDArray gradient = (PtNDArray) array.getGradient();
        gradient.attach(scope.manager());
        return new Tensor(gradient);
    }

    /// The gradient gathered so far, as values; the tensor must be trainable and have received one.
    public float[] gradient() {
        try (NDArray gradient = array.getGradient()) {
            return gradient.toFloatArray();
        }
    }
}
